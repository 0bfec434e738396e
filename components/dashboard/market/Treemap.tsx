import './Treemap.css';
import { Section } from '@/components/Section';
import { formatSpan, formatUsd } from '@/lib/core/format';
import { DAY_MS } from '@/lib/core/time';
import { t } from '@/lib/i18n/words';
import { bothUsd, DAY_WINDOW, type LiquidationBoard } from '@/lib/market/realised';

import { noneWords } from './none-words';
import { SplitBar } from './SplitBar';
import { squarify } from './squarify';

/** The picture's own units; it is stretched to its place. */
const WIDTH = 320;
const HEIGHT = 150;
const MOST_TILES = 24;
/** Few tiles tell little: they are not given all of a high window. */
const LEAST_HEIGHT = 110;
const HEIGHT_PER_TILE = 30;

type Asset = LiquidationBoard['assets'][number];

/** What was liquidated in a day by asset: area is USD, colour the side that lost more, depth by how much. */
export function Treemap({ board }: { board: LiquidationBoard }) {
  const tiles = squarify(board.assets.slice(0, MOST_TILES), ({ sums }) => bothUsd(sums[DAY_WINDOW]), WIDTH, HEIGHT);
  return (
    <Section
      title={t('treemap.title', { span: formatSpan(DAY_MS) })}
      aside={tiles.length === 0 ? undefined : formatUsd(bothUsd(board.total[DAY_WINDOW]))}
    >
      {tiles.length === 0 ? (
        <p class="quiet">{noneWords(board)}</p>
      ) : (
        <ul class="treemap" style={{ maxHeight: `${LEAST_HEIGHT + HEIGHT_PER_TILE * tiles.length}px` }}>
          {tiles.map(({ item, x, y, width, height }) => (
            <Tile
              key={item.marketId}
              asset={item}
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

interface TileProps {
  readonly asset: Asset;
  readonly style: Readonly<Record<string, string>>;
}

function Tile({ asset, style }: TileProps) {
  const name = asset.baseAsset;
  const sums = asset.sums[DAY_WINDOW];
  const text = `${name}: ${t('sums.of', { longs: formatUsd(sums.longUsd), shorts: formatUsd(sums.shortUsd) })}`;
  const lean = Math.abs(sums.longUsd - sums.shortUsd) / bothUsd(sums);
  return (
    <li
      title={text}
      style={{ ...style, '--lean': `${Math.round(45 + 55 * lean)}%` }}
      data-side={sums.longUsd > sums.shortUsd ? 'long' : 'short'}
    >
      <span class="treemap-name" aria-hidden="true">
        <strong>{name}</strong>
        <span>{formatUsd(bothUsd(sums))}</span>
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
