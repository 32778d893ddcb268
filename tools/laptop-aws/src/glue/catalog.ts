import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { documentIn } from '../aws/state-file.ts';
import { makeFolderDurably, moveDurably, writeDurably } from '../disk/blocking.ts';
import { withSum } from '../disk/summed-text.ts';
import { DatabaseInput, TableInput } from './table-input.ts';

const Catalog = z.object({
  /** By name; each with its tables, by name. */
  databases: z.record(z.string(), z.object({ database: DatabaseInput, tables: z.record(z.string(), TableInput) })),
});
export type Catalog = z.infer<typeof Catalog>;

export const emptyCatalog = (): Catalog => ({ databases: {} });

/** The catalog that the platform left in its state folder, so that SQL works without a running platform. */
export const readCatalog = (dir: string): Catalog | undefined => {
  const file = catalogFile(dir);
  return existsSync(file) ? documentIn(file, readFileSync(file, 'utf8'), Catalog) : undefined;
};

/** Leaves the catalog in the state folder; readers see the old one or the new one. */
export const writeCatalog = (dir: string, catalog: Catalog): void => {
  const file = catalogFile(dir);
  makeFolderDurably(join(dir, 'glue'));
  writeDurably(`${file}.next`, withSum(JSON.stringify(catalog, undefined, 2)));
  moveDurably(`${file}.next`, file);
};

const catalogFile = (dir: string): string => join(dir, 'glue', 'catalog.json');
