import './Treemap.css';
import { Section } from '@/components/Section';
import { formatSpan, formatUsd } from '@/lib/core/format';
import { DAY_MS } from '@/lib/core/time';
import { t } from '@/lib/i18n/words';
import { LIQUIDATION_WINDOWS_MS, type LiquidatedSums, type LiquidationBoard } from '@/lib/market/realised';
import { venueName } from '@/lib/market/venue-facts';

import { SplitBar } from './SplitBar';
import { squarify } from './squarify';

const DAY_WINDOW = LIQUIDATION_WINDOWS_MS.indexOf(DAY_MS);
/** The picture's own units; it is stretched to its place. */
const WIDTH = 320;
const HEIGHT = 150;
const MOST_TILES = 24;
/** Letters of a name that small tiles have room for, as those of most assets are. */
const SHORT_NAME = 5;
/** Few tiles tell little: they are not given all of a high window. */
const LEAST_HEIGHT = 110;
const HEIGHT_PER_TILE = 30;

/** Whose sum a tile is. */
interface Part {
  readonly id: string;
  readonly name: string;
  readonly sums: LiquidatedSums;
}

const usdOf = ({ longUsd, shortUsd }: LiquidatedSums): number => longUsd + shortUsd;

/** What was liquidated in a day by asset: area is USD, colour the side that lost more, depth by how much. */
export function Treemap({ board }: { board: LiquidationBoard }) {
  const assets = partsOf(board);
  const only = onlyOf(assets);
  const parts = only === null ? assets : venuesOf(board);
  const tiles = squarify(parts.slice(0, MOST_TILES), ({ sums }) => usdOf(sums), WIDTH, HEIGHT);
  const span = formatSpan(DAY_MS);
  return (
    <Section
      title={only === null ? t('treemap.title', { span }) : `${only.name}, ${span}`}
      aside={formatUsd(usdOf(board.total[DAY_WINDOW]))}
    >
      {tiles.length === 0 ? (
        <p class="quiet">{t('data.noneRecorded')}</p>
      ) : (
        <ul class="treemap" style={{ maxHeight: `${LEAST_HEIGHT + HEIGHT_PER_TILE * tiles.length}px` }}>
          {tiles.map(({ item, x, y, width, height }) => (
            <Tile
              key={item.id}
              part={item}
              style={{
                left: `${(100 * x) / WIDTH}%`,
                top: `${(100 * y) / HEIGHT}%`,
                width: `${(100 * width) / WIDTH}%`,
                height: `${(100 * height) / HEIGHT}%`,
              }}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

const partsOf = ({ assets }: LiquidationBoard): Part[] =>
  assets.map(({ marketId, baseAsset, sums }) => ({ id: marketId, name: baseAsset, sums: sums[DAY_WINDOW] }));

/** One asset alone would be all of the picture, so that its venues tell more. */
function onlyOf(assets: readonly Part[]): Part | null {
  const [first, ...rest] = assets.filter(({ sums }) => usdOf(sums) > 0);
  return first !== undefined && rest.length === 0 ? first : null;
}

const venuesOf = ({ venues }: LiquidationBoard): Part[] =>
  venues
    .filter(({ sums }) => sums.length > 0)
    .map(({ venueId, sums }) => ({ id: venueId, name: venueName(venueId), sums: sums[DAY_WINDOW] }))
    .sort((a, b) => usdOf(b.sums) - usdOf(a.sums));

interface TileProps {
  readonly part: Part;
  readonly style: Readonly<Record<string, string>>;
}

function Tile({ part: { name, sums }, style }: TileProps) {
  const text = `${name}: ${t('sums.of', { longs: formatUsd(sums.longUsd), shorts: formatUsd(sums.shortUsd) })}`;
  const lean = Math.abs(sums.longUsd - sums.shortUsd) / usdOf(sums);
  return (
    <li
      title={text}
      style={{ ...style, '--lean': `${Math.round(45 + 55 * lean)}%` }}
      data-side={sums.longUsd > sums.shortUsd ? 'long' : 'short'}
    >
      <span class={name.length > SHORT_NAME ? 'treemap-name is-long' : 'treemap-name'} aria-hidden="true">
        <strong>{name}</strong>
        <span>{formatUsd(usdOf(sums))}</span>
      </span>
      <span class="visually-hidden">{text}</span>
      <span class="treemap-sides" aria-hidden="true">
        <span>
          L {formatUsd(sums.longUsd)} <span>S {formatUsd(sums.shortUsd)}</span>
        </span>
        <SplitBar longUsd={sums.longUsd} shortUsd={sums.shortUsd} />
      </span>
    </li>
  );
}
