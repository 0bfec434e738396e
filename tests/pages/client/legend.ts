import type { ChartEngine } from './chart-engine';

/** Without the exchange, and without saying of a chart of last prices that it is one. */
export const displayName = (symbol: string): string => symbol.replace(/^[A-Z]+:|@PRICETYPE=LAST$/g, '');

/** Name and last bar over the chart's top left corner, and a pair of order buttons below, as TradingView has them. */
export function addLegend(engine: ChartEngine, hasTradeButtons: boolean): void {
  const wrapper = engine.mainPane().getHTMLElement()?.children[1].firstElementChild;
  if (!wrapper) return;
  const legend = document.createElement('div');
  legend.className = 'legend';
  const title = document.createElement('b');
  title.dataset['name'] = 'legend-source-title';
  const values = document.createElement('span');
  legend.append(title, values);
  wrapper.append(legend);
  if (hasTradeButtons) wrapper.append(tradeButtons());

  const update = (): void => {
    title.textContent = `${displayName(engine.symbol())} · ${engine.interval()}`;
    const candle = engine.lastCandle();
    if (candle === null) return;
    const format = engine.series.priceFormatter();
    const price = (value: number): string => format.format(value);
    values.textContent = `O ${price(candle.open)}  H ${price(candle.high)}  L ${price(candle.low)}  C ${price(candle.close)}`;
    const { upColor, downColor } = engine.series.options();
    values.style.color = candle.close >= candle.open ? upColor : downColor;
  };
  for (const event of ['data', 'symbol', 'interval'] as const) engine.on(event, update);
  update();
}

function tradeButtons(): HTMLElement {
  const buttons = document.createElement('div');
  buttons.className = 'trade';
  for (const side of ['sell', 'buy'] as const) {
    const button = document.createElement('button');
    button.className = side;
    button.dataset['order'] = side;
    button.textContent = side.toUpperCase();
    buttons.append(button);
  }
  return buttons;
}
