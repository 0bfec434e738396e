import { type ChartOptions, ColorType, CrosshairMode, type DeepPartial } from 'lightweight-charts';

interface ChartColours {
  readonly ground: string;
  readonly grid: string;
  readonly text: string;
  readonly line: string;
  readonly up: string;
  readonly down: string;
}

const LINES = {
  dark: { grid: 'rgba(255,255,255,0.05)', text: '#b2b5be', line: 'rgba(255,255,255,0.1)' },
  light: { grid: 'rgba(15,20,30,0.055)', text: '#3c4048', line: 'rgba(15,20,30,0.14)' },
};

/** Grounds and candle colours as the sites have them. */
export const CHART_COLOURS = {
  tradingview: {
    dark: { ...LINES.dark, ground: '#0f0f0f', up: '#089981', down: '#f23645' },
    light: { ...LINES.light, ground: '#ffffff', up: '#089981', down: '#f23645' },
  },
  binance: {
    dark: { ...LINES.dark, ground: '#181a20', up: '#2ebd85', down: '#f6465d' },
    light: { ...LINES.light, ground: '#ffffff', up: '#2ebd85', down: '#f6465d' },
  },
  bybit: {
    dark: { ...LINES.dark, ground: '#101014', up: '#20b26c', down: '#ef454a' },
    light: { ...LINES.light, ground: '#ffffff', up: '#20b26c', down: '#ef454a' },
  },
} as const satisfies Record<string, Record<'dark' | 'light', ChartColours>>;

export function chartOptions({ ground, grid, text, line }: ChartColours): DeepPartial<ChartOptions> {
  return {
    autoSize: true,
    layout: {
      background: { type: ColorType.Solid, color: ground },
      textColor: text,
      fontSize: 11.5,
      fontFamily: getComputedStyle(document.body).fontFamily,
      attributionLogo: false,
      panes: { separatorColor: line },
    },
    grid: { vertLines: { color: grid }, horzLines: { color: grid } },
    // Room between the last candle and the axis, as traders leave it, and around the price.
    timeScale: { rightOffset: 24, barSpacing: 8, borderColor: line, timeVisible: true, secondsVisible: false },
    rightPriceScale: { borderColor: line, scaleMargins: { top: 0.2, bottom: 0.3 }, minimumWidth: 68 },
    crosshair: { mode: CrosshairMode.Normal },
  };
}
