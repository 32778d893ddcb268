import { bad, count, dim, good, strong } from '@acme/local/terminal/progress';
import type { Target } from './kill-plan.ts';
import { growthPerMillion } from './memory.ts';
import type { DiskFull } from './disk-full.ts';
import type { Proof } from './prove.ts';
import type { Soaked } from './soak.ts';

/** What the soak shows, line by line. */
export const tableLines = (
  { kills, memory, seconds }: Soaked,
  { sums, audit, order, torn, isRight }: Proof,
  full: DiskFull | undefined,
): string[] => {
  const events = memory.at(-1)?.events ?? 0;
  const platformKills = kills.filter(({ target }) => target === 'platform');
  const worst = (pick: (kill: (typeof kills)[number]) => number): string =>
    `${(Math.max(0, ...platformKills.map(pick)) / 1000).toFixed(1)} s`;
  const jumps = platformKills.map(({ clockJumpMs }) => clockJumpMs).filter((ms) => ms !== 0);
  const growth = growthPerMillion(memory);
  const peak = Math.max(0, ...memory.map(({ mib }) => mib));
  return [
    '',
    sums.said.trim(),
    '',
    audit.said.trim(),
    '',
    row('soaked', `${count(events)} events in ${Math.round(seconds)} s`, `${count(Math.round(events / seconds))}/s`),
    row('killed', killed(kills), 'with SIGKILL'),
    ...(jumps.length === 0
      ? []
      : [
          row(
            'clock',
            `jumped ${jumps.length} times`,
            `by ${inSeconds(Math.min(...jumps))} to ${inSeconds(Math.max(...jumps))}`,
          ),
        ]),
    row(
      'recovery',
      `ready within ${worst(({ readyMs }) => readyMs)}`,
      `caught up ${worst(({ caughtUpMs }) => caughtUpMs)} after at the most`,
    ),
    row(
      'memory',
      `${count(peak)} MiB at the most`,
      growth === undefined
        ? 'too short a life to say whether it grows'
        : `${growth.toFixed(1)} MiB more per million events`,
    ),
    row('order', `${order.outOfOrder.length} customers out of order`, `of ${count(order.lines)} lines on the stream`),
    row(
      'torn',
      torn ? 'an object of the lake, cut in half' : 'nothing',
      torn?.isNamed ? 'the audit names it' : 'not seen by the audit',
    ),
    row('disk', full ? 'full for ten seconds under load' : 'not filled up', full ? fullLine(full) : ''),
    '',
    isRight && (full?.isRight ?? true)
      ? `${good(strong('holds'))}  nothing lost, nothing doubled, nothing out of order`
      : `${bad(strong('does not hold'))}  see above`,
  ];
};

const fullLine = ({ livedThrough, isRight, generated }: DiskFull): string =>
  `${livedThrough ? 'lived through it' : 'was started anew'}, ${isRight ? `lost none of ${count(generated)}` : 'does not add up'}`;

const killed = (kills: Soaked['kills']): string => {
  const times = (target: Target): number => kills.filter((kill) => kill.target === target).length;
  const broker = times('kafka') === 0 ? '' : `, ${times('kafka')} × the broker`;
  return `${times('platform')} × the platform, ${times('dynamodb')} × DynamoDB${broker}`;
};

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(0)} s`;

const row = (name: string, value: string, about: string): string =>
  `${name.padEnd(10)} ${value.padEnd(42)} ${dim(about)}`;
