import { useEffect, useRef } from 'preact/hooks';

import { t } from '@/lib/i18n/words';
import type { Contract } from '@/lib/market/contract';
import { formatScaleMessage, SCALE_EVENT, SCALE_REQUEST_EVENT } from '@/lib/messaging/page';
import type { BandSettings } from '@/lib/store/settings';

/** As of TradingView's charts. */
const GROUNDS = { dark: '#131722', light: '#ffffff' } as const;
/** CSS pixels: of a preview, and left of its band, where labels hang. */
const HEIGHT = 240;
const LABELS_WIDTH = 108;
/** Prices above and below the mark, as a fraction, and how far the mark may move before they follow. */
const REACH = 0.06;
const DRIFT = 0.01;

export interface PreviewProps {
  readonly settings: BandSettings;
  /** What is shown, and its mark; null while no market is. */
  readonly market: { readonly contract: Contract; readonly markPrice: number } | null;
  /** Lets the charts' own script look for charts on this page. */
  readonly startBand: () => void;
}

/** The band itself as it is set now, drawn by the very script that draws it on charts, beside a dark and a light one. */
export function BandPreviews({ settings, market, startBand }: PreviewProps) {
  const middle = useRef(NaN);
  const mark = market?.markPrice ?? NaN;
  if (!(Math.abs(mark / middle.current - 1) < DRIFT)) middle.current = mark;
  useEffect(startBand, []);
  const note =
    market === null
      ? t('options.noPreview')
      : settings.isOn
        ? t('options.previewOf', { symbol: market.contract.symbol })
        : t('options.previewOff');
  return (
    <div class="band-previews">
      {market !== null && settings.isOn && (
        <div class="band-previews-row">
          {(['dark', 'light'] as const).map((ground) => (
            <Preview
              key={ground}
              ground={ground}
              width={settings.width + LABELS_WIDTH}
              contract={market.contract}
              middle={middle.current}
            />
          ))}
        </div>
      )}
      <p class="caption" role="status">
        {note}
      </p>
    </div>
  );
}

interface ChartProps {
  readonly ground: keyof typeof GROUNDS;
  readonly width: number;
  readonly contract: Contract;
  /** The price in the middle. */
  readonly middle: number;
}

/** An empty chart: a ground, and a price scale that tells itself as those of sites do. */
function Preview({ ground, width, contract, middle }: ChartProps) {
  const pane = useRef<HTMLDivElement>(null);
  const chart = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = chart.current?.getContext('2d');
    if (!context) return;
    context.fillStyle = GROUNDS[ground];
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  }, [ground, width]);
  useEffect(() => {
    const tell = () =>
      void pane.current?.dispatchEvent(new CustomEvent(SCALE_EVENT, { detail: scaleText(contract, middle) }));
    tell();
    // The script may come later than the page, and asks when it does.
    document.addEventListener(SCALE_REQUEST_EVENT, tell);
    return () => document.removeEventListener(SCALE_REQUEST_EVENT, tell);
  }, [contract, middle]);
  return (
    <div
      ref={pane}
      class="band-preview"
      role="img"
      aria-label={t(`options.preview.${ground}`)}
      style={{ width: `${width}px`, background: GROUNDS[ground] }}
    >
      <canvas ref={chart} width={width} height={HEIGHT} />
    </div>
  );
}

const scaleText = ({ venueId, baseAsset, quoteAsset }: Contract, middle: number): string =>
  formatScaleMessage({
    state: 'ready',
    source: 'api',
    // As TradingView would name it.
    symbol: `${venueId.split('-')[0]}:${baseAsset}${quoteAsset}.P`,
    height: HEIGHT,
    mode: 0,
    prices: [middle * (1 + REACH), middle * (1 - REACH)],
    range: [],
    disagreementPx: null,
    written: [],
  });
