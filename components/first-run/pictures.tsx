import type { ComponentChildren } from 'preact';

import { formatPrice, formatUsdShort } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';

import { Candles, HEIGHT, isShort, LEVELS, PRICE_Y, PriceLine, WIDTH } from './drawing';

const AXIS_X = 186;
const BAND_WIDTH = 34;

const Picture = ({ children }: { children: ComponentChildren }) => (
  <svg class="picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
    {children}
  </svg>
);

/** The band where it lies: beside the price axis, denser is brighter. */
export const BandPicture = () => (
  <Picture>
    <Candles />
    <PriceLine to={AXIS_X} />
    {LEVELS.map(({ y, usd }) => (
      <rect key={y} data-heat={Math.ceil(4 * usd)} x={AXIS_X - BAND_WIDTH} y={y - 4} width={BAND_WIDTH} height={8} />
    ))}
    <path class="picture-axis" d={`M${AXIS_X + 0.5} 0V${HEIGHT}`} />
    {[
      { y: 26, text: formatUsdShort(36e6) },
      { y: PRICE_Y, text: formatPrice(60_250, 0) },
      { y: 104, text: formatUsdShort(29e6) },
    ].map(({ y, text }) => (
      <g key={y} class={y === PRICE_Y ? 'picture-flag' : 'picture-label'}>
        <rect x={AXIS_X + 6} y={y - 8} width={46} height={16} rx={3} />
        <text x={AXIS_X + 29} y={y + 4} text-anchor="middle">
          {text}
        </text>
      </g>
    ))}
  </Picture>
);

/** Shorts above, longs below, and what a move would close in all. */
export const SidesPicture = () => (
  <Picture>
    <path class="picture-axis" d={`M60.5 0V${HEIGHT}`} />
    <PriceLine from={60} />
    {LEVELS.map(({ y, usd }) => (
      <rect key={y} class={isShort(y) ? 'is-short' : 'is-long'} x={62} y={y - 3} width={usd * 90} height={6} rx={1} />
    ))}
    <path class="picture-sum" d="M62 64C66 46 96 42 118 30S196 16 206 4M62 64C66 82 104 88 130 100S210 112 220 128" />
    <text x={54} y={30} class="is-short" text-anchor="end">
      {t('band.shortLetter')}
    </text>
    <text x={54} y={108} class="is-long" text-anchor="end">
      {t('band.longLetter')}
    </text>
  </Picture>
);

/** Positions opened at a price, and where each leverage is liquidated. */
export const SourcePicture = () => (
  <Picture>
    <Candles left={6} step={9} />
    {[
      { leverage: 50, y: 74, usd: 0.35 },
      { leverage: 25, y: 92, usd: 0.8 },
      { leverage: 10, y: 120, usd: 0.55 },
    ].map(({ leverage, y, usd }) => (
      <g key={leverage}>
        <path class="picture-way" d={`M100 64C128 64 128 ${y} 152 ${y}`} />
        <rect class="is-long" x={154} y={y - 4} width={usd * 50} height={8} rx={1} />
        <text x={210} y={y + 4}>
          {leverage}x
        </text>
      </g>
    ))}
    <circle class="picture-dot" cx={98} cy={PRICE_Y} r={4} />
    <PriceLine />
  </Picture>
);

/** An estimate has an interval, and a part is nowhere at all. */
export const UnknownPicture = () => (
  <Picture>
    {[
      { y: 24, usd: 120, low: 84, high: 168, side: 'is-short' },
      { y: 64, usd: 150, low: 96, high: 200, side: 'is-long' },
    ].map(({ y, usd, low, high, side }) => (
      <g key={y}>
        <rect class={side} x={16} y={y - 9} width={usd} height={18} rx={2} />
        <path
          class="picture-whisker"
          d={`M${16 + low} ${y}H${16 + high}M${16 + low} ${y - 5}v10M${16 + high} ${y - 5}v10`}
        />
      </g>
    ))}
    <rect class="picture-unknown" x={16.5} y={95.5} width={110} height={18} rx={2} />
    <text x={136} y={109}>
      ?
    </text>
  </Picture>
);

/** Where the scale or the data cannot be trusted there is a tab with the reason, and no levels. */
export const HiddenPicture = () => (
  <Picture>
    <Candles />
    <path class="picture-axis" d={`M${AXIS_X + 0.5} 0V${HEIGHT}`} />
    <rect class="picture-card" x={84} y={96} width={86} height={28} rx={4} />
    <path class="picture-lines" d="M92 105.5h44M92 114.5h66" />
    <rect class="picture-card" x={174} y={98} width={22} height={26} rx={4} />
    <path class="picture-eye" d="M178 111q7-8 14 0q-7 8-14 0ZM180 117l10-12" />
  </Picture>
);
