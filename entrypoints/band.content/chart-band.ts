import { formatShortAge } from '@/lib/core/format';
import { digitsOfTick } from '@/lib/core/num';
import { SECOND_MS } from '@/lib/core/time';
import type { ChartSymbol } from '@/lib/market/chart-symbol';
import { nextAgeChangeMs, type BandState } from '@/lib/render/band-state';
import { findBandStyles, type Pane, type PaneHost } from '@/lib/render/band-styles';
import type { BandContent, BandView } from '@/lib/render/band-view';
import { createLevelsBuilder, type BandNote, type LevelsInput } from '@/lib/render/build-levels';
import { createSurface } from '@/lib/render/canvas';
import { coverageWords } from '@/lib/render/coverage-words';
import { drawBand } from '@/lib/render/draw-band';
import { isOnTab } from '@/lib/render/draw-states';
import { createLooks } from '@/lib/render/looks';
import type { ChartGround } from '@/lib/render/read-ground';
import { createScheduler } from '@/lib/render/scheduler';
import { QUICK_MS } from '@/lib/render/sprites';
import type { BandSettings } from '@/lib/store/settings';

import { answerScale, hiddenReason, publishBand } from './band-attributes';
import { mountBandElement } from './band-element';
import { watchGround } from './chart-ground';
import { createChartMarket } from './chart-market';
import { createChartScale } from './chart-scale';
import { ageOf, stateOf } from './chart-state';
import { createHiddenWords } from './hidden-words';
import type { MarketWatches } from './market-watches';
import { paneWords, proxyWords } from './note-words';
import { watchPointer, type PointerPlace } from './pointer';
import { createWake } from './wake';

/** Room that labels need left of the strip. */
const LABEL_ROOM = 100;

export interface ChartBand {
  /** Takes the text of a scale event and draws at once, in the chart's own frame. */
  onScale(text: string): void;
  onSettings(settings: BandSettings): void;
}

export interface ChartBandEnvironment {
  readonly markets: MarketWatches;
  readonly readSymbol: (chartSymbol: string) => ChartSymbol | null;
  readonly now: () => number;
}

/** One chart's band, from its mounting until the signal aborts. */
export function createChartBand(
  pane: Element,
  initialSettings: BandSettings,
  { markets, readSymbol, now }: ChartBandEnvironment,
  signal: AbortSignal,
): ChartBand {
  const document = pane.ownerDocument;
  const view = document.defaultView;
  if (view === null) throw new Error('pane has no window');

  let settings = initialSettings;
  /** Where the pane lies in what it shares with its axes. */
  let box: readonly number[] = [];
  /** Of the market; null when they have to be worded anew. */
  let notes: readonly BandNote[] | null = null;
  let pointer: PointerPlace | null = null;
  let ground: ChartGround = { colour: null, isFree: false };
  let looks = createLooks(settings, null);

  const hiddenWords = createHiddenWords(now);
  const builder = createLevelsBuilder();
  const axis = createChartScale([document, globalThis.document], now);
  const element = mountBandElement(pane, signal);
  const chart = createChartMarket(
    view,
    markets,
    readSymbol,
    ({ sums }, before) => {
      if (sums !== null && sums !== before.sums) builder.gauge(sums);
      notes = null;
      axis.read(chart);
      scheduler.soon();
    },
    (part) => fullPane?.take(part),
    signal,
  );
  answerScale(element, () => axis.message);
  const scheduler = createScheduler(
    view,
    () => surface.measure(),
    () => draw(),
    signal,
  );
  const wake = createWake(view, now, () => scheduler.soon(), signal);
  const surface = createSurface(
    view,
    element.canvas,
    (isResized) => {
      if (!isResized) return scheduler.atEnd();
      groundWatch.touch();
      scheduler.now();
    },
    signal,
  );
  const paneHost: PaneHost = {
    readHistory(request) {
      if (chart.symbol !== null) markets.readHistory(chart.symbol, request);
    },
    soon: () => scheduler.soon(),
  };
  let fullPane: Pane | null = null;
  /** What it lays under the levels; null in other styles, and where it cannot be aligned with the bars. */
  let backdrop: BandView['backdrop'] = null;
  // A pane narrower than band and labels keeps at least half of itself.
  const bandWidth = (): number => Math.round(Math.min(settings.width, surface.width / 2 || settings.width));
  const groundWatch = watchGround(
    view,
    pane,
    () => ({ bandWidth: bandWidth(), ratio: view.devicePixelRatio, box }),
    onGround,
    signal,
  );

  function onGround(seen: ChartGround): void {
    const isRecoloured = String(seen.colour) !== String(ground.colour);
    if (!isRecoloured && seen.isFree === ground.isFree) return;
    ground = seen;
    if (isRecoloured) looks = createLooks(settings, ground.colour);
    scheduler.soon();
  }

  const ageMs = (): number | null => ageOf(chart.market, now());

  function draw(): void {
    if (surface.width === 0 || surface.height === 0) return;
    const current = stateOf(chart, axis.scale, now());
    publishBand(element, current, axis.scale, chart.market);
    hiddenWords.note(hiddenReason(current));
    const content = contentOf(current);
    const hasMargin = hasRoom();
    drawBand(surface.context, {
      ...surface,
      bandWidth: bandWidth(),
      colours: looks.colours,
      hasMargin,
      backdrop,
      content,
    });
    const restMs = surface.sprites.isBehind ? QUICK_MS : nextAgeChangeMs(current, ageMs());
    wake(current.kind === 'hidden' ? hiddenWords.nextChangeMs() : restMs);
  }

  const hasRoom = (): boolean => ground.isFree && surface.width - bandWidth() >= LABEL_ROOM;

  function contentOf(current: BandState): BandContent {
    backdrop = null;
    if (current.kind === 'loading') return current;
    if (current.kind === 'hidden') {
      const words = hiddenWords.says();
      if (words === 'nothing') return { kind: 'nothing' };
      const isOverTab = pointer !== null && isOnTab(surface, surface.width - pointer.fromRight, pointer.y);
      return { ...current, isCardShown: words === 'why' || isOverTab };
    }
    const { symbol, market } = chart;
    const { sums, resolution } = market;
    const { scale, message } = axis;
    if (sums === null || scale === null || symbol === null || resolution?.ok !== true) return { kind: 'nothing' };
    notes ??= [proxyWords(symbol, resolution), market.coverage && coverageWords(market.coverage)].filter(
      (note) => note !== null,
    );
    const tables = current.isLate ? looks.greys : looks.tables;
    if (settings.style === 'pane' && !current.isLate && message?.state === 'ready') {
      const right = surface.width - bandWidth();
      fullPane ??= findBandStyles()?.createPane(paneHost) ?? null;
      const paneView = { ...surface, scale, sums, tables, choices: settings, right };
      backdrop = fullPane?.under(paneView, message.times ?? [], resolution.contract.id) ?? null;
    }
    const isOverBand = pointer !== null && (pointer.isOverAxis || pointer.fromRight <= bandWidth());
    // Groups may still be on their way; late data is grey, and greys tell no groups.
    const bars = sums.profile.groups && !current.isLate ? looks.bars : null;
    const input: LevelsInput = {
      sums,
      labels: market.labels,
      ownLevels: market.ownLevels,
      scale,
      height: surface.height,
      bandWidth: bandWidth(),
      ratioY: surface.ratioY,
      hasMargin: hasRoom(),
      picture: surface.picture(bars === null ? 1 : Math.round(bandWidth() * surface.ratioX)),
      tables,
      legendImage: looks.legendImage,
      bars,
      choices: settings,
      // Asked for by few frames, and not cheap.
      get priceDigits() {
        return digitsOfTick(resolution.contract.tickSize * resolution.priceFactor);
      },
      notes: settings.style === 'pane' ? [...notes, ...paneWords(fullPane, backdrop)] : notes,
      pointerY: isOverBand && pointer !== null ? pointer.y : null,
    };
    if (!current.isLate) return builder.build(input);
    builder.paintStrip(input);
    return { kind: 'late', picture: input.picture, ageText: formatShortAge(Math.round((ageMs() ?? 0) / SECOND_MS)) };
  }

  watchPointer(
    view,
    pane,
    element.canvas,
    () => surface.height,
    (place) => {
      pointer = place;
      scheduler.soon();
    },
    signal,
  );
  const fitElement = (): void => element.setBandWidth(settings.style === 'pane' ? null : settings.width);
  fitElement();
  groundWatch.look();

  return {
    onScale(text) {
      element.mount();
      if (!axis.take(text)) return;
      const { message } = axis;
      if (message?.state === 'ready') element.setBox((box = message.box ?? []));
      axis.read(chart);
      // A chart that is being made anew does not know its symbol for a moment.
      if (message !== null && (chart.symbol === null || message.state === 'ready' || message.symbol !== ''))
        chart.follow(message.symbol);
      if (message?.state === 'ready' && message.prices[0] === axis.scale?.topPrice) chart.move();
      groundWatch.touch();
      scheduler.now();
    },
    onSettings(next) {
      settings = next;
      notes = null;
      looks = createLooks(settings, ground.colour);
      fitElement();
      scheduler.soon();
    },
  };
}
