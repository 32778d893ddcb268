import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endsWithUs } from '@acme/laptop-aws/machine';

/** What the enricher looks customers, titles and pages up in comes from its own command. */
const command = join(import.meta.dirname, '../../../../apps/enricher/cli/load.ts');

export interface FillOptions {
  /** The platform's state folder. */
  readonly dir: string;
  readonly awsPort: number;
  /** Whose customers and titles: the traffic's. */
  readonly seed: number;
  /** Is told of each table that was filled, and of a failure. */
  readonly report: (line: string) => void;
}

/**
 * Fills the lookup tables of a running platform with `nx run enricher:load`, in a process of its own; a state folder
 * that has the rows of this seed is left alone. Until then events are enriched in part, for `enricher:repair` to mend.
 *
 * @param stopping ends it; what is loaded by then stays, and the next start does the rest
 */
export const fillLookupTables = async (
  { dir, awsPort, seed, report }: FillOptions,
  stopping: AbortSignal,
): Promise<void> => {
  const filled = join(dir, 'lookup-tables');
  if ((await filledFrom(filled)) === String(seed)) return;
  const child = spawn(
    process.execPath,
    [command, '--dir', dir, '--aws-port', String(awsPort), '--seed', String(seed)],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, STAGE: '' }, signal: stopping },
  );
  endsWithUs(child);
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => (said[stream] += text));
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    child.once('error', ({ message }) => (said.stderr += message));
  });
  if (stopping.aborted) return;
  if (code === 0) {
    for (const line of said.stdout.split('\n').filter((text) => text.trim() !== '')) report(line);
    await writeFile(filled, String(seed));
  } else {
    report(`the enricher's lookup tables were not filled: ${said.stderr.trim()}; nx run enricher:load tries again`);
  }
};

/** The seed whose rows are there; none in a folder that is new. */
const filledFrom = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
