import { t } from '@/lib/i18n/words';
import type { Contract } from '@/lib/market/contract';
import type { PositionSide } from '@/lib/market/liquidation';
import type { OwnMargin, OwnPosition } from '@/lib/market/own-position';

import { numberFromText, numberWanted, textFromNumber } from './numbers';

/** A position as it stands in the form, right or not. */
export interface PositionDraft {
  readonly contract: Contract | null;
  readonly positionSide: PositionSide;
  readonly entryPrice: string;
  readonly size: string;
  readonly sizeUnit: OwnPosition['sizeUnit'];
  readonly marginKind: OwnMargin['kind'];
  readonly margin: string;
}

/** What is wrong with which field, in words. */
export type DraftErrors = Partial<Readonly<Record<'contract' | 'entryPrice' | 'size' | 'margin', string>>>;

/** No venue gives more. */
const MOST_LEVERAGE = 1000;

export const emptyDraft = (contract: Contract | null): PositionDraft => ({
  contract,
  positionSide: 'long',
  entryPrice: '',
  size: '',
  sizeUnit: contract?.settlement === 'inverse' ? 'usd' : 'base',
  marginKind: 'leverage',
  margin: '',
});

export const draftFromPosition = (position: OwnPosition, contract: Contract | null): PositionDraft => {
  const { positionSide, entryPrice, size, sizeUnit, margin } = position;
  const value =
    margin.kind === 'leverage' ? margin.leverage : margin.kind === 'isolated' ? margin.margin : margin.balance;
  return {
    contract,
    positionSide,
    entryPrice: textFromNumber(entryPrice),
    size: textFromNumber(size),
    sizeUnit,
    marginKind: margin.kind,
    margin: textFromNumber(value),
  };
};

/** The position that a draft states, or what is wrong with it. */
export function positionFromDraft(draft: PositionDraft, id: string): OwnPosition | DraftErrors {
  const { contract, positionSide, sizeUnit, marginKind } = draft;
  const entryPrice = numberFromText(draft.entryPrice);
  const size = numberFromText(draft.size);
  const margin = numberFromText(draft.margin);
  const isLeverage = marginKind === 'leverage';
  const isLeverageOff = isLeverage && margin !== null && (margin < 1 || margin > MOST_LEVERAGE);
  if (contract !== null && entryPrice !== null && size !== null && margin !== null && !isLeverageOff) {
    return {
      id,
      contractId: contract.id,
      positionSide,
      entryPrice,
      size,
      sizeUnit,
      margin:
        marginKind === 'leverage'
          ? { kind: marginKind, leverage: margin }
          : marginKind === 'isolated'
            ? { kind: marginKind, margin }
            : { kind: marginKind, balance: margin },
    };
  }
  return {
    ...(contract === null && { contract: t('positions.chooseContract') }),
    ...(entryPrice === null && { entryPrice: numberWanted() }),
    ...(size === null && { size: numberWanted() }),
    ...(isLeverageOff && { margin: t('positions.leverageOff', { most: MOST_LEVERAGE }) }),
    ...(margin === null && { margin: numberWanted() }),
  };
}

export const isPosition = (result: OwnPosition | DraftErrors): result is OwnPosition => 'id' in result;

/** What a size in base counts: `BTC`, `1000PEPE`. */
export const baseUnit = ({ multiplier, baseAsset }: Contract): string =>
  `${multiplier === 1 ? '' : multiplier}${baseAsset}`;

/** In what margin is counted. */
export const marginUnit = ({ settlement, baseAsset, quoteAsset }: Contract): string =>
  settlement === 'inverse' ? baseAsset : quoteAsset;
