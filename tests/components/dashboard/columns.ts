import { columnFromProfile, type HistoryColumn } from '@/lib/model/history';

const BIN_WIDTH = 0.00025;

/** A column with levels at distances from its mark, in bins; USD by distance. */
export function columnOf(markPrice: number, asOfMs: number, usdByBin: Readonly<Record<number, number>>): HistoryColumn {
  const markBin = Math.floor(Math.log(markPrice) / BIN_WIDTH);
  // Bins of a cell begin at even numbers: windows of all columns do too, so that distances are whole cells.
  const firstBin = markBin - (markBin % 2) - 1_000;
  const long = new Float32Array(2_000);
  const short = new Float32Array(2_000);
  for (const [bin, usd] of Object.entries(usdByBin)) (Number(bin) < 0 ? long : short)[1_000 + Number(bin)] = usd;
  return columnFromProfile({
    asOfMs,
    markPrice,
    lastPrice: markPrice,
    binWidth: BIN_WIDTH,
    firstBin,
    long,
    short,
    openInterestUsd: 1e9,
    unlocatedShare: 0,
  });
}
