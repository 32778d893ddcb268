import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type * as z from 'zod';
import { parseClickstreamLine } from '../src/clickstream-event.ts';
import { parseRow } from '../src/parsed.ts';
import type { Parsed } from '../src/parsed.ts';
import { tables } from '../src/tables.ts';
import type { Example } from '../src/testing/index.ts';
import { arrivedAtMs, examples } from '../src/testing/index.ts';
import { parseViewingLine } from '../src/viewing-event.ts';
import type { Contract } from './contract.ts';
import { cornersOf } from './corners.ts';

/** A value that was valid when a version was published. */
export interface KeptSample {
  /** `viewing`, `clickstream`, or a table's name. */
  readonly contract: string;
  readonly version: string;
  /** A line of NDJSON, as the lake holds it. */
  readonly line: string;
}

/** What today's parser says of a line of a family or table; events count as arrived when the examples did. */
export const parseSample = (contract: string, line: string): Parsed<unknown> => {
  if (contract === 'viewing') return parseViewingLine(line, arrivedAtMs);
  if (contract === 'clickstream') return parseClickstreamLine(line, arrivedAtMs);
  const table = Object.entries(tables).find(([name]) => name === contract)?.[1];
  if (!table) return { ok: false, problems: [{ field: '(row)', reason: 'is of a table that is gone' }] };
  return parseRow<z.ZodObject>(table.schema, JSON.parse(line));
};

/** The samples of every version that was published, oldest files first. */
export const readSamples = (folder: string): KeptSample[] =>
  existsSync(folder)
    ? globSync('*/*.ndjson', { cwd: folder })
        .sort()
        .flatMap((file) =>
          readFileSync(join(folder, file), 'utf8')
            .trimEnd()
            .split('\n')
            .map((line) => ({ contract: basename(file, '.ndjson'), version: dirname(file), line })),
        )
    : [];

/**
 * Keeps, as their parser gives them back, the good examples of today and one value at every corner of the contracts
 * that no earlier version has kept already.
 */
export const keepSamples = (folder: string, version: string, contracts: readonly Contract[]): void => {
  const good: Readonly<Record<string, readonly Example[]>> = {
    viewing: examples.viewing,
    clickstream: examples.clickstream,
    ...examples.rows,
  };
  const known = new Set(readSamples(folder).map(({ contract, line }) => `${contract} ${line}`));
  for (const contract of contracts) {
    const { name } = contract;
    const values = (good[name] ?? []).map((rule) => rule.good as object);
    const lines = new Set(
      [...values, ...cornersOf(contract, values)].flatMap((value) => {
        const parsed = parseSample(name, JSON.stringify(value));
        return parsed.ok ? [JSON.stringify(parsed.value)] : [];
      }),
    );
    const fresh = [...lines].filter((line) => !known.has(`${name} ${line}`));
    if (fresh.length === 0) continue;
    mkdirSync(join(folder, version), { recursive: true });
    writeFileSync(join(folder, version, `${name}.ndjson`), `${fresh.join('\n')}\n`);
  }
};
