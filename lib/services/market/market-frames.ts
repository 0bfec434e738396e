import type { Contract, ContractId } from '@/lib/market/contract';
import { bestContract } from '@/lib/market/proxy-choice';

import type { MarketMembers } from './market-members';
import type { OpenInterestBook } from './open-interest-book';

interface Framed {
  readonly wanted: Contract;
  onFrame(contract: Contract): void;
}

/** Who follows a market, each with its frame: the contract in whose prices it is told. */
export interface MarketFrames<Follower extends Framed> extends ReadonlyMap<Follower, Contract> {
  add(follower: Follower): void;
  delete(follower: Follower): boolean;
  isFrame(id: ContractId): boolean;
  /** Tells whoever gets another frame: the wanted one's venue gives nothing any more, or gives again. */
  reframe(onNew: (frame: Contract) => void): void;
}

export function createMarketFrames<Follower extends Framed>(
  members: Pick<MarketMembers, 'counted' | 'hasFailed'>,
  openInterest: OpenInterestBook,
): MarketFrames<Follower> {
  const frames = new Map<Follower, Contract>();

  const frameFor = (wanted: Contract, current: Contract): Contract => {
    const counted = members.counted().map(({ contract }) => contract);
    if (counted.some(({ id }) => id === wanted.id) || !members.hasFailed(wanted.id)) return wanted;
    const wish = { baseAsset: wanted.baseAsset, exchange: wanted.venueId, current: current.id };
    return bestContract(counted, wish, openInterest.usdOf) ?? wanted;
  };

  return Object.assign(frames, {
    add: (follower: Follower) => void frames.set(follower, follower.wanted),
    isFrame: (id: ContractId) => [...frames.values()].some((frame) => frame.id === id),
    reframe(onNew: (frame: Contract) => void) {
      for (const [follower, current] of frames) {
        const frame = frameFor(follower.wanted, current);
        if (frame.id === current.id) continue;
        frames.set(follower, frame);
        follower.onFrame(frame);
        onNew(frame);
      }
    },
  });
}
