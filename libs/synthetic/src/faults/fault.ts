import type { Problem } from '@acme/telemetry-schema';
import type { Random } from '../random.ts';
import type { Universe } from '../universe/universe.ts';
import type { FaultKind } from './event-faults.ts';

/** What is wrong with one event, and what must become of it. */
export interface Fault {
  readonly kind: FaultKind;
  /** Why the contract refuses the event; an event without a problem must land. */
  readonly problem?: Problem;
  /** The line that is handed over instead; `endMs` is the clock's time for the event's block. */
  readonly rewrite?: (line: string, endMs: number) => string;
  /** The line is handed over this many events too late. */
  readonly laterBy?: number;
  /** The line is handed over once more, this many events later. */
  readonly againAfter?: number;
}

/** Makes one kind of fault; all that chance decides about it is drawn here, from a stream that is the event's own. */
export type FaultMaker = (random: Random, universe: Universe) => Omit<Fault, 'kind'>;
