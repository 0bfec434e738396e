import './ProfileChart.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import {
  formatClusterPrice,
  formatDistance,
  formatPrice,
  formatShare,
  formatUsd,
  formatUsdShort,
} from '@/lib/core/format';
import { t, type WordKey } from '@/lib/i18n/words';
import type { Profile } from '@/lib/market/profile';

import type { ProfilePlot } from './profile-plot';
import { profileSeries, readOutAt, type ProfileSeries, type ProfileSide } from './profile-series';
import { ProfileReadOut, readOutText } from './ProfileReadOut';
import { RadioGroup } from './RadioGroup';
import { Section } from './Section';
import { useIsDark } from './use-is-dark';

/** How far from the price the picture reaches; the cards' totals end there too. */
const REACH = 0.1;
const AXIS_DISTANCES = [-0.09, -0.06, -0.03, 0.03, 0.06, 0.09];
const SIDES = [
  { value: 'both', key: 'profile.both' },
  { value: 'long', key: 'side.longs' },
  { value: 'short', key: 'side.shorts' },
] as const;

interface Props {
  readonly profile: Profile;
  readonly priceDigits: number;
  /** Below the picture: its legend. */
  readonly children?: ComponentChildren;
}

/** USD per bin as bars, and what adds up from the price outwards as curves. */
export function ProfileChart({ profile, priceDigits, children }: Props) {
  const [side, setSide] = useState<ProfileSide>('both');
  const series = useMemo(() => profileSeries(profile, REACH, side), [profile, side]);
  return (
    <Section
      title={t('profile.title')}
      aside={
        <RadioGroup
          label={t('profile.sides')}
          look="segments"
          options={SIDES.map(({ value, key }) => ({ value, content: t(key) }))}
          value={side}
          onChange={setSide}
        />
      }
    >
      <div class="profile-scales" aria-hidden="true">
        <span>{t('profile.aBin', { usd: formatUsdShort(series.maxBinUsd) })}</span>
        <span>{t('profile.summed', { usd: formatUsdShort(series.maxSumUsd) })}</span>
      </div>
      <Plot series={series} priceDigits={priceDigits} />
      <div class="profile-axis" aria-hidden="true">
        {AXIS_DISTANCES.filter((distance) => side !== (distance < 0 ? 'short' : 'long')).map((distance) => (
          <span key={distance} style={{ left: leftOf(series, series.markPrice * (1 + distance)) }}>
            {formatDistance(distance, 0)}
          </span>
        ))}
        <span
          class="at-mark"
          data-edge={side === 'short' ? 'left' : side === 'long' ? 'right' : 'none'}
          style={{ left: leftOf(series, series.markPrice) }}
        >
          {formatClusterPrice(series.markPrice, priceDigits)}
        </span>
      </div>
      {children}
    </Section>
  );
}

function Plot({ series, priceDigits }: { series: ProfileSeries; priceDigits: number }) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<ProfilePlot | null>(null);
  const latest = useRef(series);
  const [at, setAt] = useState<number | null>(null);
  const isDark = useIsDark();
  latest.current = series;

  // The plot reads its colours when it is made, so a change of theme makes another.
  useEffect(() => {
    let isGone = false;
    void import('./profile-plot').then(({ createProfilePlot }) => {
      if (!isGone && host.current !== null) plot.current = createProfilePlot(host.current, latest.current, setAt);
    });
    return () => {
      isGone = true;
      plot.current?.destroy();
      plot.current = null;
    };
  }, [isDark]);
  useEffect(() => plot.current?.update(series), [series]);

  const readOut = at === null ? null : readOutAt(series, at);
  const width = host.current?.clientWidth ?? 0;
  const onKeyDown = (event: KeyboardEvent) => {
    const next = cursorAfterKey(event.key, at ?? shareOf(series, series.markPrice));
    if (next === undefined) return;
    event.preventDefault();
    plot.current?.moveCursor(next);
  };
  return (
    <div class="profile-plot">
      <div class="profile-mark" style={{ left: leftOf(series, series.markPrice) }} />
      <div
        ref={host}
        role="slider"
        tabIndex={0}
        aria-label={descriptionOf(series, priceDigits)}
        aria-valuemin={series.lowPrice}
        aria-valuemax={series.highPrice}
        aria-valuenow={readOut?.price ?? series.markPrice}
        aria-valuetext={readOut ? readOutText(readOut, priceDigits) : formatPrice(series.markPrice, priceDigits)}
        onKeyDown={onKeyDown}
        onBlur={() => plot.current?.moveCursor(null)}
      />
      {series.maxBinUsd === 0 && <p class="profile-empty">{t('profile.empty', { reach: formatShare(REACH) })}</p>}
      {readOut !== null && at !== null && (
        <ProfileReadOut
          readOut={readOut}
          left={at * width}
          plotWidth={width}
          maxSumUsd={series.maxSumUsd}
          priceDigits={priceDigits}
        />
      )}
    </div>
  );
}

const KEY_STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -0.002,
  ArrowDown: -0.002,
  ArrowRight: 0.002,
  ArrowUp: 0.002,
  PageDown: -0.1,
  PageUp: 0.1,
  Home: -1,
  End: 1,
};

/** Where a key moves the cursor, as a share of the width: null takes it away, undefined is none of its keys. */
export function cursorAfterKey(key: string, at: number): number | null | undefined {
  if (key === 'Escape') return null;
  return key in KEY_STEPS ? Math.min(1, Math.max(0, at + KEY_STEPS[key])) : undefined;
}

/** A price's place as a share of the width. */
const shareOf = ({ lowPrice, highPrice }: ProfileSeries, price: number): number =>
  (price - lowPrice) / (highPrice - lowPrice);

const leftOf = (series: ProfileSeries, price: number): string => `${100 * shareOf(series, price)}%`;

/** The picture in words. */
function descriptionOf(series: ProfileSeries, priceDigits: number): string {
  const side = (has: WordKey, lacks: WordKey, usd: readonly number[], total: number | null | undefined) => {
    const densest = Math.max(...usd);
    if (!(densest > 0)) return t(lacks);
    const price = formatClusterPrice(series.edges[usd.indexOf(densest)], priceDigits);
    return t(has, { usd: formatUsd(total ?? 0), price });
  };
  const longs = side('profile.longs', 'profile.noLongs', series.long, series.longSum[0]);
  const shorts = side('profile.shorts', 'profile.noShorts', series.short, series.shortSum.at(-1));
  return t('profile.described', { reach: formatShare(REACH), longs, shorts });
}
