import { expect, it, vi } from 'vitest';

import { saveLevels } from '@/components/export/save-levels';
import { saveFile } from '@/components/save-file';
import { randomProfile } from '@/tests/render/profiles';

import { SUMMARY } from '../samples';

vi.mock('@/components/save-file', () => ({ saveFile: vi.fn<typeof saveFile>() }));

it('saves every level with contract, time and venues, and nothing of the user’s own', async () => {
  const profile = { ...randomProfile(2), asOfMs: Date.UTC(2026, 10, 29, 17, 50) };
  await saveLevels(SUMMARY, profile, 'json');
  const [name, blob] = vi.mocked(saveFile).mock.calls[0];
  expect(name).toBe(`liqband-${SUMMARY.symbol}-levels-2026-11-29T1750.json`);
  const { rows, ...about } = JSON.parse(await (blob as Blob).text()) as { rows: readonly { usd: number }[] };
  const live = SUMMARY.members.filter(({ state }) => state === 'live');
  expect(about).toMatchObject({ contract: SUMMARY.contractId, time: '2026-11-29T17:50:00.000Z' });
  expect((about as { venues?: unknown[] }).venues).toHaveLength(live.length);
  expect(rows.reduce((sum, { usd }) => sum + usd, 0)).toBe(
    [...profile.long, ...profile.short].reduce((sum, usd) => sum + usd, 0),
  );
  expect(JSON.stringify(about)).not.toContain('own');
});
