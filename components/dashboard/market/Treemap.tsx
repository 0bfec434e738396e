import './Treemap.css';
import { Section } from '@/components/Section';
import { formatSpan, formatUsd } from '@/lib/core/format';
import { DAY_MS } from '@/lib/core/time';
import { t } from '@/lib/i18n/words';
import { LIQUIDATION_WINDOWS_MS, type LiquidatedSums, type LiquidationBoard } from '@/lib/market/realised';

import { SplitBar } from './SplitBar';
import { squarify } from './squarify';

const DAY_WINDOW = LIQUIDATION_WINDOWS_MS.indexOf(DAY_MS);
/** The picture's own units; it is stretched to its place. */
const WIDTH = 320;
const HEIGHT = 150;
const MOST_TILES = 24;
/** A tile below this size has no room for a name, or for its sum. */
const NAME_WIDTH = 34;
const NAME_HEIGHT = 16;
const SUM_HEIGHT = 34;
/** One this large also shows how its sum is split. */
const SIDES_WIDTH = 110;
const SIDES_HEIGHT = 72;

type Asset = LiquidationBoard['assets'][number];

const usdOf = ({ longUsd, shortUsd }: LiquidatedSums): number => longUsd + shortUsd;

/** The day's sum with its treemap. */
export function LiquidatedByAsset({ board: { total, assets } }: { board: LiquidationBoard }) {
  return (
    <Section title={t('sums.byAsset', { span: formatSpan(DAY_MS) })} aside={formatUsd(usdOf(total[DAY_WINDOW]))}>
      <Treemap assets={assets} />
    </Section>
  );
}

/** What was liquidated in a day by asset: area is USD, colour the side that lost more, depth by how much. */
export function Treemap({ assets }: { assets: readonly Asset[] }) {
  const shown = assets.slice(0, MOST_TILES);
  const tiles = squarify(shown, ({ sums }) => usdOf(sums[DAY_WINDOW]), WIDTH, HEIGHT);
  if (tiles.length === 0) return <p class="quiet">{t('data.noneRecorded')}</p>;
  return (
    <ul class="treemap">
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
          hasName={width >= NAME_WIDTH && height >= NAME_HEIGHT}
          hasSum={width >= NAME_WIDTH && height >= SUM_HEIGHT}
          hasSides={width >= SIDES_WIDTH && height >= SIDES_HEIGHT}
        />
      ))}
    </ul>
  );
}

interface TileProps {
  readonly asset: Asset;
  readonly style: Readonly<Record<string, string>>;
  readonly hasName: boolean;
  readonly hasSum: boolean;
  readonly hasSides: boolean;
}

function Tile({ asset, style, hasName, hasSum, hasSides }: TileProps) {
  const sums = asset.sums[DAY_WINDOW];
  const text = `${asset.baseAsset}: ${t('sums.of', { longs: formatUsd(sums.longUsd), shorts: formatUsd(sums.shortUsd) })}`;
  const lean = Math.abs(sums.longUsd - sums.shortUsd) / usdOf(sums);
  return (
    <li
      title={text}
      style={{ ...style, '--lean': `${Math.round(45 + 55 * lean)}%` }}
      data-side={sums.longUsd > sums.shortUsd ? 'long' : 'short'}
    >
      <span class={hasName ? '' : 'visually-hidden'}>
        <strong>{asset.baseAsset}</strong>
        <span class={hasSum ? 'treemap-sum' : 'visually-hidden'}>{formatUsd(usdOf(sums))}</span>
      </span>
      <span class="visually-hidden">{text}</span>
      {hasSides && (
        <span class="treemap-sides" aria-hidden="true">
          <span>
            L {formatUsd(sums.longUsd)} <span>S {formatUsd(sums.shortUsd)}</span>
          </span>
          <SplitBar longUsd={sums.longUsd} shortUsd={sums.shortUsd} />
        </span>
      )}
    </li>
  );
}
