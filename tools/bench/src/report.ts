import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Judged } from './row.ts';
import type { Machine } from './machine.ts';

/** What `npm run bench` writes. */
export interface Report {
  /** When it was started, ISO 8601 UTC. */
  readonly date: string;
  readonly machine: Machine;
  readonly rows: readonly (Judged & { readonly bench: string })[];
  /** Benches that could not measure, each with its reason. */
  readonly failed: readonly { readonly bench: string; readonly reason: string }[];
}

/** Writes `<date>.json` and, the same, `latest.json`; gives the path of the first. */
export const writeReport = async (folder: string, report: Report): Promise<string> => {
  const file = join(folder, `${report.date.slice(0, 19).replaceAll(':', '-')}.json`);
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  await mkdir(folder, { recursive: true });
  await Promise.all([writeFile(file, text), writeFile(join(folder, 'latest.json'), text)]);
  return file;
};

/** Whether something is worse than wanted. */
export const isBelow = ({ rows }: Report): boolean => rows.some(({ verdict }) => verdict === 'below');
