import type { Bar } from '@/lib/market/bar';
import type { StreamName } from '@/lib/market/health';
import type { Liquidation } from '@/lib/market/liquidation';
import type { Trade } from '@/lib/market/trade';

import type { ReconnectingSocket } from './reconnecting-socket';
import { isNamed } from './refusals';
import { PONG, type StreamHealthKeeper } from './stream-health';
import type { StreamHandlers } from './venue';

/* What most venues' messages say, in the product's own terms: a venue's own frames are made of these. */

export interface TradeFrame {
  readonly kind: 'trade';
  readonly symbol: string;
  readonly trade: Trade;
}

export interface MarkFrame {
  readonly kind: 'mark';
  readonly symbol: string;
  readonly mark: Parameters<StreamHandlers['onMark']>[1];
}

export interface BarFrame {
  readonly kind: 'bar';
  readonly symbol: string;
  readonly bar: Bar;
  readonly isClosed: boolean;
  readonly timeMs: number;
}

export interface LiquidationFrame {
  readonly kind: 'liquidation';
  readonly symbol: string;
  readonly liquidation: Liquidation;
}

/** The venue answered: the connection carries what was subscribed to. */
export interface AliveFrame {
  readonly kind: 'alive';
}

/** A subscription failed; null where the venue does not say which. */
export interface RefusedFrame {
  readonly kind: 'refused';
  readonly subscription: string | null;
  readonly stream: StreamName | null;
  readonly detail: string;
}

export interface BrokenFrame {
  readonly kind: 'broken';
  readonly stream: StreamName;
  readonly detail: string;
}

export type CommonFrame =
  | TradeFrame
  | MarkFrame
  | BarFrame
  | LiquidationFrame
  | AliveFrame
  | RefusedFrame
  | BrokenFrame;

export interface FrameTellerOptions {
  readonly streamHealth: StreamHealthKeeper;
  readonly socket: () => ReconnectingSocket;
  readonly handlers: StreamHandlers;
  readonly onVenueTime: (timeMs: number) => void;
  /** Of one subscription for all contracts: whose liquidations are asked for. */
  readonly isWanted: (symbol: string) => boolean;
  /** The subscription that is taken for refused where the venue names none. */
  readonly unnamed: string;
}

/** Tells what the frames of a venue with one socket say, and what they mean for its health. */
export function createFrameTeller(options: FrameTellerOptions): {
  /** Good data of a stream by whose silence the socket is judged. */
  readonly received: (stream: StreamName, symbol: string) => void;
  readonly tell: (frame: CommonFrame) => void;
} {
  const { streamHealth, socket, handlers, onVenueTime, isWanted, unnamed } = options;

  const received = (stream: StreamName, symbol: string): void => {
    streamHealth.received(stream);
    socket().heard(stream, symbol);
  };

  return {
    received,
    tell(frame) {
      switch (frame.kind) {
        case 'trade':
          received('trades', frame.symbol);
          onVenueTime(frame.trade.timeMs);
          return handlers.onTrade(frame.symbol, frame.trade);
        case 'mark':
          received('mark', frame.symbol);
          onVenueTime(frame.mark.timeMs);
          return handlers.onMark(frame.symbol, frame.mark);
        case 'bar':
          received('bars', frame.symbol);
          return handlers.onBar(frame.symbol, frame.bar, frame.isClosed, frame.timeMs);
        case 'liquidation':
          streamHealth.received('liquidations');
          return isWanted(frame.symbol) ? handlers.onLiquidation(frame.symbol, frame.liquidation) : undefined;
        case 'alive':
          streamHealth.alive();
          return socket().heard(PONG);
        case 'refused': {
          const { retryAtMs } = socket().refusedWhere(isNamed(frame.subscription ?? unnamed));
          return streamHealth.refused(frame.stream, frame.detail, retryAtMs);
        }
        case 'broken':
          return streamHealth.broken(frame.stream, frame.detail);
      }
    },
  };
}
