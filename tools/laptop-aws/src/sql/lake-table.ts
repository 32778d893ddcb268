import type { TableInput } from '../glue/table-input.ts';

/** A table of the catalog, with its database. */
export interface LakeTable {
  readonly database: string;
  readonly table: TableInput;
}
