import { TABLE_KEYS, type TableName, type Tables } from './tables';

/** How much a table holds. */
export interface TableUse {
  readonly table: TableName;
  /** Contracts, or venues, that it holds anything of. */
  readonly owners: number;
  readonly rows: number;
}

/** Rows of every table, each counted in one transaction. */
export async function tableUse(tables: Tables): Promise<TableUse[]> {
  const uses: TableUse[] = [];
  for (const table of Object.keys(TABLE_KEYS) as TableName[]) {
    const owners = await tables.owners(table);
    const counts = await tables.read(table, (rows) => Promise.all(owners.map((owner) => rows.count(owner))));
    uses.push({ table, owners: owners.length, rows: counts.reduce((sum, count) => sum + count, 0) });
  }
  return uses;
}
