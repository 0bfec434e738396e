/** What one bar opened and closed, contract units. On either side opens - closes = change of open interest. */
export interface BarFlow {
  readonly openedLong: number;
  readonly closedLong: number;
  readonly openedShort: number;
  readonly closedShort: number;
  /** The change exceeded the traded volume, so the volume was not the contract's own or incomplete. */
  readonly isChangeAboveVolume: boolean;
}

/**
 * Splits a bar's volume into opens and closes. Each trade has a buyer and a seller, so V = O_L + C_S = O_S + C_L and
 * dOI = O_s - C_s; one unknown remains, and most of V is churn that leaves no position. With s = +1 long, -1 short:
 * O_s = max(dOI, 0) + churn (V - |dOI|) / 2 (1 + s tilt imbalance), C_s = O_s - dOI.
 * All quantities in contract units; NaN `takerBuyVolume` counts as balanced, NaN `volume` as none. 0 < churn <= 1, |tilt| <= 1.
 */
export function barFlow(
  volume: number,
  openInterestChange: number,
  takerBuyVolume: number,
  churn: number,
  tilt: number,
): BarFlow {
  const change = Math.abs(openInterestChange);
  const isChangeAboveVolume = !(volume >= change);
  const traded = isChangeAboveVolume ? change : volume;
  const imbalance = volume > 0 && takerBuyVolume >= 0 ? (2 * takerBuyVolume - volume) / volume : 0;
  const opened = Math.max(openInterestChange, 0);
  const churned = (churn * (traded - change)) / 2;
  const openedLong = opened + churned * (1 + tilt * imbalance);
  const openedShort = opened + churned * (1 - tilt * imbalance);
  return {
    openedLong,
    closedLong: openedLong - openInterestChange,
    openedShort,
    closedShort: openedShort - openInterestChange,
    isChangeAboveVolume: isChangeAboveVolume && change > 0,
  };
}
