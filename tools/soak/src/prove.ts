import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endsWithUs } from '@acme/laptop-aws/machine';
import { dials, faultOf, openUniverse } from '@acme/synthetic';
import { openCursor } from '@acme/local/traffic/cursor';
import type { Progress } from '@acme/local/terminal/progress';
import type { SoakOptions } from './options.ts';
import { type OrderCheck, orderPerKey } from './order-per-key.ts';
import { startPlatformProcess } from './platform-process.ts';
import { tearObject, type Torn } from './torn-object.ts';

/** What is left when the load has gone: everything must have arrived, once, and in order. */
export interface Proof {
  /** What the platform's own sums said, and its exit code. */
  readonly sums: { readonly code: number; readonly said: string };
  /** What the audit said, and its exit code. */
  readonly audit: { readonly code: number; readonly said: string };
  readonly order: OrderCheck;
  /** An object that was torn for the audit to see. */
  readonly torn: Torn | undefined;
  readonly isRight: boolean;
}

/**
 * Starts the platform once more on the same folder, without faults and load, so that what was under way finishes and
 * drains; then has the audit look at the ledger and the lake, and looks at the order on the stream.
 */
export const prove = async (
  { dir, seed, dial }: Pick<SoakOptions, 'dir' | 'seed' | 'dial'>,
  common: readonly string[],
  progress: Progress,
): Promise<Proof> => {
  let sums = { code: 1, said: '' };
  await progress.step('finish', async () => {
    const platform = await startPlatformProcess([...common, '--rate', '0', '--for', '10s'], join(dir, 'soak.log'));
    const code = await platform.ended;
    sums = { code, said: platform.output().slice(platform.output().lastIndexOf('generated ')) };
    return 'what was under way, without faults';
  });
  let audit = { code: 1, said: '' };
  await progress.step('audit', async () => {
    audit = await run('tools/audit/src/main.ts', ['--dir', dir]);
    return audit.code === 0 ? 'the ledger and the lake agree' : 'the ledger and the lake differ';
  });
  let torn: Torn | undefined;
  await progress.step('tear', async () => {
    torn = await tearObject(dir, () => run('tools/audit/src/main.ts', ['--dir', dir]));
    return torn?.isNamed ? 'the audit names an object that is torn' : 'the audit does not see an object that is torn';
  });
  let order: OrderCheck = { records: 0, lines: 0, outOfOrder: [] };
  await progress.step('order', async () => {
    const universe = openUniverse(seed);
    const rates = dials[dial];
    const isMoved = (number: number): boolean => movers.has(faultOf(universe, rates, number) ?? '');
    const { count } = (await openCursor(join(dir, 'traffic/viewing.json'), seed, rates)).totals();
    order = await orderPerKey(dir, 'acme-telemetry-stream', { seed, count, isMoved });
    return `${order.lines.toLocaleString('en-US')} lines in ${order.records.toLocaleString('en-US')} records`;
  });
  const isRight = sums.code === 0 && audit.code === 0 && order.outOfOrder.length === 0 && torn?.isNamed === true;
  return { sums, audit, order, torn, isRight };
};

/** Faults by which an event is handed over out of its order, or under another customer. */
const movers: ReadonlySet<string> = new Set(['outOfOrder', 'hotKey', 'foreignId']);

const run = async (program: string, args: readonly string[]): Promise<{ code: number; said: string }> => {
  const root = join(import.meta.dirname, '../../..');
  const child = spawn(process.execPath, [join(root, program), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  endsWithUs(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, said };
};
