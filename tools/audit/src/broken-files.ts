import { readFileSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { ledgerFolder, receiptWriter, roots, streamReader } from '@acme/lake-layout';
import { BatchEntry, Receipt, SeenEntry } from '@acme/lambda-kit';
import { fileOf, filesOf, keyOf, type Objects } from './objects.ts';
import { findingOf, type Finding } from './report.ts';

/**
 * Loads something of the ledger and of quarantine. When it fails, what cannot be read there is sought, named, left out of
 * all that follows, and it is loaded again: so the usual audit reads each entry once.
 *
 * @param load may run several times
 * @throws what `load` threw when every entry can be read
 */
export const leavingOutBroken = async (
  objects: Objects,
  findings: Finding[],
  load: () => Promise<void>,
): Promise<void> => {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      const ledger = brokenOf(objects, filesOf(objects, roots.ledger), flawOfEntry(objects));
      const aside = brokenOf(objects, filesOf(objects, roots.quarantine, isLines), flawOfLines);
      if (ledger.length + aside.length === 0) throw error;
      findings.push(
        ...findingOf('ledger', 'entries that cannot be read', ledger),
        ...findingOf('quarantine', 'objects that cannot be read', aside),
      );
    }
  }
};

const isLines = (key: string): boolean => key.endsWith('.ndjson.data');

/** Leaves out those of the files that have a flaw. @returns their names, each with it */
const brokenOf = (objects: Objects, files: readonly string[], flawOf: (file: string) => string | undefined): string[] =>
  files.flatMap((file) => {
    const flaw = flawOf(file);
    if (flaw === undefined) return [];
    objects.leftOut?.add(file);
    return [`${keyOf(objects, file)}${flaw}`];
  });

const flawOfEntry = (objects: Objects) => {
  const isOf = (file: string, writer: string): boolean =>
    file.startsWith(fileOf(objects, ledgerFolder(writer)).slice(0, -'.data'.length));
  return (file: string): string | undefined => {
    let text: string;
    try {
      text = zstdDecompressSync(readFileSync(file)).toString('utf8');
    } catch {
      return ': it is no Zstandard, or torn';
    }
    const schema = isOf(file, receiptWriter) ? Receipt : isOf(file, streamReader) ? SeenEntry : BatchEntry;
    try {
      return schema.safeParse(JSON.parse(text)).success ? undefined : ': it is no entry of the ledger';
    } catch {
      return ': it is no JSON';
    }
  };
};

/** Quarantine is JSON lines, with the columns that the audit reads. */
const flawOfLines = (file: string): string | undefined => {
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line.trim() === '') continue;
    const flaw = `: line ${index + 1} is none of quarantine`;
    try {
      const value: unknown = JSON.parse(line);
      const { index: place } = Object(value) as { index?: unknown };
      if (!Number.isSafeInteger(place)) return flaw;
    } catch {
      return flaw;
    }
  }
  return undefined;
};
