import './LiquidatedBars.css';
import { useState } from 'preact/hooks';

import { RadioGroup } from '@/components/RadioGroup';
import { SideLetter } from '@/components/SideLetter';
import { formatSpan, formatUsd } from '@/lib/core/format';
import { formatClock, formatDay, formatMoment } from '@/lib/core/format-time';
import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import { t } from '@/lib/i18n/words';
import type { LiquidationBoard } from '@/lib/market/realised';

import { barsFromHours, type TimeBar } from './hour-bars';
import { noneWords } from './none-words';

/** A day by the hour, a week by six. */
const SPANS = [
  { value: 'day', hoursPerBar: 1, count: 24 },
  { value: 'week', hoursPerBar: 6, count: 28 },
] as const;
type Span = (typeof SPANS)[number]['value'];

const WIDTH = 320;
const HEIGHT = 100;
/** Where a label of a time still has room, per cent. */
const LAST_LABEL = 88;

/** What was liquidated over time: shorts above the line, longs below, one scale for both; what was not recorded is shaded. */
export function LiquidatedBars({ board }: { board: LiquidationBoard }) {
  const [spanName, setSpan] = useState<Span>('day');
  const span = SPANS.find(({ value }) => value === spanName) ?? SPANS[0];
  const bars = barsFromHours(board.hours, board.asOfMs, span.hoursPerBar, span.count);
  const most = Math.max(...bars.flatMap(({ longUsd, shortUsd }) => [longUsd, shortUsd]));
  return (
    <section class="section" aria-label={t('history.label')}>
      <div class="section-head">
        <h2>{t('history.title', { count: span.hoursPerBar })}</h2>
        <RadioGroup
          label={t('history.span')}
          look="segments"
          options={SPANS.map(({ value, hoursPerBar, count }) => ({
            value,
            content: formatSpan(hoursPerBar * count * HOUR_MS),
          }))}
          value={spanName}
          onChange={setSpan}
        />
      </div>
      {most > 0 ? (
        <Bars bars={bars} most={most} isByDay={span.hoursPerBar > 1} />
      ) : (
        <p class="quiet">{noneWords(board)}</p>
      )}
    </section>
  );
}

function Bars({ bars, most, isByDay }: { bars: readonly TimeBar[]; most: number; isByDay: boolean }) {
  const step = WIDTH / bars.length;
  const heightOf = (usd: number) => (usd / most) * (HEIGHT / 2 - 1);
  const format = isByDay ? formatDay : formatClock;
  const [fromMs, spanMs] = [bars[0].startMs, (bars[1].startMs - bars[0].startMs) * bars.length];
  const markMs = isByDay ? DAY_MS : 6 * HOUR_MS;
  const firstMs = Math.ceil(fromMs / markMs) * markMs;
  // Bars of six hours end with the hour of now: days may begin within one.
  const marks = Array.from({ length: Math.ceil((fromMs + spanMs - firstMs) / markMs) }, (_, i) => firstMs + i * markMs);
  return (
    <div class="bars">
      <span class="bars-most caption">{formatUsd(most)}</span>
      {(['short', 'long'] as const).map((side) => (
        <span key={side} class={`bars-side ${side}`}>
          <SideLetter side={side} />
        </span>
      ))}
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="bars-line" y={HEIGHT / 2} width={WIDTH} height={0.5} />
        {bars.map(({ startMs, longUsd, shortUsd, isKnown }, i) => (
          <g key={startMs}>
            <title>
              {isKnown
                ? t('history.bar', {
                    time: formatMoment(startMs),
                    longs: formatUsd(longUsd),
                    shorts: formatUsd(shortUsd),
                  })
                : `${t('export.utc', { time: formatMoment(startMs) })}: ${t('data.none')}`}
            </title>
            <rect x={i * step} width={step} height={HEIGHT} fill={isKnown ? 'transparent' : 'var(--bg2)'} />
            <rect
              x={i * step + 1}
              y={HEIGHT / 2 - heightOf(shortUsd)}
              width={step - 2}
              height={heightOf(shortUsd)}
              fill="var(--short-fill)"
            />
            <rect x={i * step + 1} y={HEIGHT / 2} width={step - 2} height={heightOf(longUsd)} fill="var(--long-fill)" />
          </g>
        ))}
      </svg>
      <div class="bars-times caption" aria-hidden="true">
        {marks.map((timeMs) => {
          const left = (100 * (timeMs - fromMs)) / spanMs;
          // The last would reach beyond the edge.
          return (
            left < LAST_LABEL && (
              <span key={timeMs} style={{ left: `${left}%` }}>
                {format(timeMs)}
              </span>
            )
          );
        })}
      </div>
      <table class="visually-hidden">
        <caption>{t('history.described')}</caption>
        <tbody>
          {bars.map(({ startMs, longUsd, shortUsd, isKnown }) => (
            <tr key={startMs}>
              <th scope="row">{formatMoment(startMs)}</th>
              <td>
                {isKnown ? t('sums.of', { longs: formatUsd(longUsd), shorts: formatUsd(shortUsd) }) : t('data.none')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
