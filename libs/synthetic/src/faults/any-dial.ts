import fc from 'fast-check';
import type { FaultDial } from './dial.ts';
import { type FaultKind, faultKinds } from './event-faults.ts';

/** For property tests: dials of any mixture, and of one kind alone; what is large stays rare. */
const most: Readonly<Partial<Record<FaultKind, number>>> = { oversize: 3, nestedTooDeep: 10, tooManyKeys: 10 };
const mixed = fc.record(
  Object.fromEntries(
    faultKinds.map((kind) => [kind, fc.nat(most[kind] ?? 40).map((thousandths) => thousandths / 1000)]),
  ) as Record<FaultKind, fc.Arbitrary<number>>,
  { requiredKeys: [] },
);
const alone = fc
  .constantFrom(...faultKinds.filter((kind) => !(kind in most)))
  .map((kind): FaultDial => ({ [kind]: 1 }));

export const anyDial: fc.Arbitrary<FaultDial> = fc.oneof(
  { weight: 3, arbitrary: mixed },
  { weight: 1, arbitrary: alone },
);
