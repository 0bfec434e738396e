import type { HeatThresholds } from './heat-scale';

/** What the user chose of how levels are drawn. */
export interface LevelChoices extends HeatThresholds {
  /** Bins that are drawn as one row at least. */
  readonly rowBins: number;
  /** Whose levels are told. */
  readonly side: 'both' | 'long' | 'short';
  readonly hasLabels: boolean;
}
