// Watches a chart for seven days of the venues, or for as long as is said of real time, and draws what must be flat:
// npm run soak -- [--days N] [--hurry N] [--real-minutes N] [--picture FILE]
// A simulated day takes 24 / hurry minutes; on a busy machine less hurry keeps connections from being taken for silent.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { judge } from '@/tests/soak/judgement';
import { soak } from '@/tests/soak/soak';
import { soakPicture } from '@/tests/soak/soak-picture';

import { ensureBrowser } from './browser';
import { ensureBuild } from './build-extension';

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '7' },
    hurry: { type: 'string', default: '10' },
    'real-minutes': { type: 'string' },
    picture: { type: 'string' },
  },
});
const isReal = values['real-minutes'] !== undefined;
const hours = isReal ? Number(values['real-minutes']) / 60 : 24 * Number(values.days);
if (!(hours > 0 && Number(values.hurry) > 0)) throw new Error('--days, --hurry and --real-minutes take a number');

ensureBrowser();
ensureBuild('chrome');
const { samples, idle, requests } = await soak({
  hours,
  hurry: isReal ? null : Number(values.hurry),
  samples: isReal ? Math.max(7, Math.round(60 * hours)) : 84,
  onSample: (sample) =>
    console.log(
      Object.entries(sample)
        .map(([name, value]) => `${name} ${Number(value.toFixed(1))}`)
        .join(', '),
    ),
});
const title = isReal ? `${Math.round(60 * hours)} real minutes` : `${hours / 24} simulated days`;
const picture = values.picture ?? `docs/pictures/${isReal ? 'soak-hour' : 'soak'}.svg`;
writeFileSync(picture, soakPicture(samples, `A chart of BTC at seven venues, ${title}`));

console.log(`\n| Gauge | First | Last | May be |\n|---|---|---|---|`);
const verdicts = judge(samples);
for (const { what, from, to, may } of verdicts)
  console.log(`| ${what} | ${from.toFixed(1)} | ${to.toFixed(1)} | ${may.toFixed(1)} |`);
console.log(`\n${requests} requests\n\n| | Requests | Sockets | ms of processor a second |\n|---|---|---|---|`);
for (const cost of idle)
  console.log(
    `| ${cost.what} (${cost.hours.toFixed(1)} h) | ${cost.requests} | ${cost.openSockets} | ${cost.cpuPerSecond.toFixed(1)} |`,
  );
const grown = verdicts.filter(({ isGrown }) => isGrown).map(({ what }) => what);
console.log(grown.length === 0 ? '\nflat' : `\ngrown: ${grown.join(', ')}`);
process.exitCode = grown.length === 0 ? 0 : 1;
