import type { DerivedLog } from './derived-log';
import type { BrokenListener } from './series-log';
import type { TableName, Tables } from './tables';

/** What a fold reads. */
const FOLDED: ReadonlySet<TableName> = new Set(['bars', 'minutes', 'openInterest', 'seeds']);

export interface SoundCheckpoints extends Pick<DerivedLog, 'readCheckpoints' | 'writeCheckpoint'> {
  /** Whether rows were given up since a fold of the contract began: what it folded is not what the log holds. */
  hasLostRows(contractId: string): boolean;
}

/**
 * Keeps checkpoints from outliving the rows that they were folded from: where some of those were given up, and perhaps nobody
 * tells them again, the log is folded anew.
 */
export function createSoundCheckpoints(
  tables: Tables,
  derived: DerivedLog,
  onBroken: BrokenListener,
): SoundCheckpoints & { readonly onBroken: BrokenListener } {
  /** By contract, once its checkpoints are gone. */
  const dropping = new Map<string, Promise<unknown>>();
  return {
    hasLostRows: (contractId) => dropping.has(contractId),
    /** To be told of every broken row. */
    onBroken: (table, owner, count) => {
      if (FOLDED.has(table)) {
        const dropped = tables.write('checkpoints', (rows) => rows.deleteOwner(owner));
        // A store that fails now tells of the broken rows again.
        dropping.set(
          owner,
          dropped.catch(() => undefined),
        );
      }
      onBroken(table, owner, count);
    },
    /** A fold that began before goes on, but leaves nothing that a later one would begin with. */
    async writeCheckpoint(contractId, checkpoint) {
      if (!dropping.has(contractId)) await derived.writeCheckpoint(contractId, checkpoint);
    },
    async readCheckpoints(contractId, key) {
      await dropping.get(contractId);
      dropping.delete(contractId);
      return derived.readCheckpoints(contractId, key);
    },
  };
}
