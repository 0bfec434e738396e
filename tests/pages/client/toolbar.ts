import type { ChartEngine } from './chart-engine';
import { displayName } from './legend';
import { CHART_MODES, INTERVALS } from './page-options';

const INTERVAL_NAMES: Readonly<Record<string, string>> = { '5': '5m', '15': '15m', '60': '1h', '240': '4h' };
const MODE_NAMES = { normal: 'Auto', log: 'Log', percent: '%', indexed: '100' } as const;

/** As in the legend, but with the exchange of what is not Binance's. */
const shortName = (symbol: string): string =>
  symbol.startsWith('BINANCE:') || !symbol.includes(':') ? displayName(symbol) : symbol;

/** The row above the chart: symbol, intervals, scale modes. */
export function fillToolbar(toolbar: HTMLElement, engine: ChartEngine, symbols: readonly string[]): void {
  const select = document.createElement('select');
  select.setAttribute('aria-label', 'Symbol');
  select.append(...symbols.map((symbol) => new Option(shortName(symbol), symbol)));
  select.value = engine.symbol();
  select.addEventListener('change', () => void engine.setSymbol(select.value));
  engine.on('symbol', () => (select.value = engine.symbol()));

  const intervals = INTERVALS.map((interval) =>
    button(
      INTERVAL_NAMES[interval],
      () => engine.interval() === interval,
      () => void engine.setInterval(interval),
    ),
  );
  const modes = CHART_MODES.map((mode) =>
    button(
      MODE_NAMES[mode],
      () => engine.mode() === mode,
      () => {
        engine.setMode(mode);
        if (mode === 'normal') engine.setAutoScale(true);
      },
    ),
  );
  const invert = button(
    'Invert',
    () => engine.isInverted(),
    () => engine.setInverted(!engine.isInverted()),
  );
  for (const mode of modes) mode.classList.add('mode');
  modes[0].classList.add('end');
  invert.classList.add('invert');
  toolbar.append(select, divider(), ...intervals, divider(), ...modes, invert);

  const refresh = (): void => {
    for (const element of toolbar.querySelectorAll('button')) element.dispatchEvent(new Event('refresh'));
  };
  toolbar.addEventListener('click', refresh);
  refresh();
}

function button(text: string, isOn: () => boolean, onClick: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.textContent = text;
  element.addEventListener('click', onClick);
  element.addEventListener('refresh', () => element.classList.toggle('on', isOn()));
  return element;
}

const divider = (): HTMLElement => document.createElement('i');
