import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract, Field } from './contract.ts';

/** A contract as it was published last. */
export interface Published extends Contract {
  readonly fields: Readonly<Record<string, PublishedField>>;
}

export interface PublishedField extends Field {
  /** The version of the package that brought it. */
  readonly since: string;
}

/** The published contracts of a folder, in no particular order. */
export const readPublished = (folder: string): Published[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.json'))
        .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Published)
    : [];

/** Writes one file a contract; a field keeps the version that brought it. */
export const writePublished = (
  folder: string,
  contracts: readonly Contract[],
  published: readonly Published[],
  version: string,
): void => {
  mkdirSync(folder, { recursive: true });
  for (const { name } of published) rmSync(join(folder, `${name}.json`), { force: true });
  for (const contract of contracts) {
    const before = published.find(({ name }) => name === contract.name)?.fields ?? {};
    const fields = Object.entries(contract.fields).map(
      ([name, field]) => [name, { since: before[name]?.since ?? version, ...field }] as const,
    );
    writeFileSync(join(folder, `${contract.name}.json`), laidOut({ ...contract, fields: Object.fromEntries(fields) }));
  }
};

/** JSON with a line for every field, so that a review shows each change as one line. */
const laidOut = ({ fields, ...rest }: Published): string => {
  const lines = Object.entries(fields).map(([name, field]) => `    ${JSON.stringify(name)}: ${JSON.stringify(field)}`);
  const start = JSON.stringify(rest, null, 2).replace(/\n}$/, '');
  return `${start},\n  "fields": {\n${lines.join(',\n')}\n  }\n}\n`;
};
