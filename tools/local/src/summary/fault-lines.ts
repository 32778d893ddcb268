import type { Faults } from '@acme/laptop-aws';
import { type FaultKind, faultKinds } from '@acme/laptop-aws/options';
import { count, dim } from '../terminal/progress.ts';

/** Which faults are switched on, and how to have the same again. */
export const switchedOnLine = (kinds: readonly FaultKind[], seed: number): string => {
  const names = kinds.length === faultKinds.length ? 'all' : kinds.join(',');
  return dim(`faults ${names}; the same again: --faults ${names} --fault-seed ${seed}`);
};

/** What has struck, for the summary: nothing when no fault is switched on. */
export const struckLines = (counts: ReturnType<Faults['counts']>): string[] => {
  const struck = Object.entries(counts);
  if (struck.length === 0) return [];
  const total = struck.reduce((sum, [, times]) => sum + times, 0);
  return [
    '',
    `${'faults'.padEnd(10)} ${count(total).padStart(14)}   ${dim('injected')}`,
    ...struck.map(([kind, times]) => `${''.padEnd(10)} ${count(times).padStart(14)}   ${dim(kind)}`),
  ];
};
