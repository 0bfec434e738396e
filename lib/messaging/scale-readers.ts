import { HIDDEN_REASONS, type HiddenReason } from '@/lib/market/chart-symbol';
import type { ContractId } from '@/lib/market/contract';
import { isContractId } from '@/lib/market/venue-facts';

/** How one chart's price scale is read, and what comes of it. */
export interface ScaleReader {
  readonly host: string;
  /** The contract whose levels are shown; null where none is known. */
  readonly contractId: ContractId | null;
  /** Null where the band shows its levels. */
  readonly hiddenReason: HiddenReason | null;
  /** From the chart's own interface or from the labels of its axis; null while it cannot be read. */
  readonly source: 'api' | 'labels' | null;
  /** How far labels and their fit disagree; null with the interface. */
  readonly errorPx: number | null;
}

const MOST_READERS = 64;
const MOST_LETTERS = 80;

/** What a frame of that address answered; none of what is no such answer, as a site's process may say anything. */
export function readersFromAnswer(answer: unknown, url: string): readonly ScaleReader[] {
  if (!Array.isArray(answer) || !url.startsWith('http')) return [];
  const { host } = new URL(url);
  return answer.slice(0, MOST_READERS).map((band: unknown) => {
    const [contractId, reason, scale] = Array.isArray(band) ? band.map(textOf) : [];
    const [source, error] = (scale ?? '').split(' ');
    const px = Number(error);
    return {
      host,
      contractId: isContractId(contractId) ? contractId : null,
      hiddenReason: reason === '' ? null : (HIDDEN_REASONS.find((each) => each === reason) ?? 'connecting'),
      source: source === 'api' || source === 'labels' ? source : null,
      errorPx: source === 'labels' && px >= 0 && px < Infinity ? px : null,
    };
  });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MOST_LETTERS) : '');
