import { eventTypes } from '../universe/vocabulary.ts';
import type { FaultMaker } from './fault.ts';
import { type Field, withFields } from './rewrite.ts';

// Every required field but the event's id: what is refused can still be named.
const required = [
  'event_timestamp',
  'event_type',
  'customer_id',
  'title_id',
  'title_type',
  'device_type',
  'quality',
  'watch_duration_seconds',
  'completion_percentage',
] as const satisfies readonly Field[];

/** A required field is left out. */
export const missingField: FaultMaker = (random) => {
  const field = required[random.below(required.length)]!;
  return {
    problem: { field, reason: 'is missing' },
    rewrite: (line) => withFields(line, () => ({ [field]: undefined })),
  };
};

type Spoilt = readonly [field: Field, reason: string, spoil: (value: string | number) => string | number];
const spoilt: readonly Spoilt[] = [
  ['event_timestamp', 'must be a string, not a number', (time) => Date.parse(String(time))],
  ['customer_id', 'must be a string, not a number', (id) => Number(String(id).slice('cus-'.length))],
  ['watch_duration_seconds', 'must be a number, not a string', String],
  ['completion_percentage', 'must be a number, not a string', String],
];

/** A field has a value of another type: text for a number, or a number for text. */
export const wrongType: FaultMaker = (random) => {
  const [field, reason, spoil] = spoilt[random.below(spoilt.length)]!;
  return {
    problem: { field, reason },
    rewrite: (line) => withFields(line, (event) => ({ [field]: spoil(event[field]!) })),
  };
};

const otherTypes = ['rewind', 'seek', 'buffering', 'heartbeat'] as const;

/** The event is of a type that the contract does not know. */
export const unknownEventType: FaultMaker = (random) => {
  const event_type = otherTypes[random.below(otherTypes.length)]!;
  return {
    problem: { field: 'event_type', reason: `must be one of ${eventTypes.join(', ')}` },
    rewrite: (line) => withFields(line, () => ({ event_type })),
  };
};

/** The watch time is 1 second to an hour below nothing. */
export const negativeDuration: FaultMaker = (random) => {
  const watch_duration_seconds = -random.between(1, 3600);
  return {
    problem: { field: 'watch_duration_seconds', reason: 'must be at least 0' },
    rewrite: (line) => withFields(line, () => ({ watch_duration_seconds })),
  };
};
