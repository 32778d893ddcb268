import { ClickstreamEvent, clickstreamEventTypes } from './clickstream-event.ts';

/** A name without what spellings differ in: `event_type`, `EVENT-TYPE` and `eventType` are one. */
const letters = (name: string): string => name.replaceAll(/[_-]/g, '').toLowerCase();

const fields = new Set(ClickstreamEvent.options.flatMap(({ shape }) => Object.keys(shape)));

/** Other names that senders have for a field, beside other spellings of its own. */
const aliases = { page: 'pageUrl', device: 'deviceType' } as const;

const fieldOf: ReadonlyMap<string, string> = new Map([
  ...Object.entries(aliases),
  ...[...fields].map((field) => [letters(field), field] as const),
]);
const typeOf: ReadonlyMap<string, string> = new Map(clickstreamEventTypes.map((type) => [letters(type), type]));

type Fields = Record<string, unknown>;

const isGiven = (event: Fields, field: string): boolean => Object.hasOwn(event, field) && event[field] !== null;

/**
 * A clickstream event in the contract's own spelling. Senders write field names in camel case, in snake case or in
 * capitals, event types and devices in capitals, and `page` and `device` for `pageUrl` and `deviceType`. A field that is
 * there twice keeps the contract's own spelling of it, else the first; `null` counts as not there. Values are left as
 * they are, and what is no object comes back as it is: the contract judges them.
 */
export const respellClickstream = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const given = value as Fields;
  const event: Fields = {};
  for (const name of Object.keys(given)) {
    const field = fields.has(name) ? name : fieldOf.get(letters(name));
    if (field === undefined || isGiven(event, field)) continue;
    if (field === name || !isGiven(given, field)) event[field] = given[name];
  }
  const { eventType, deviceType } = event;
  if (typeof eventType === 'string') event.eventType = typeOf.get(letters(eventType)) ?? eventType;
  if (typeof deviceType === 'string') event.deviceType = deviceType.toLowerCase();
  return event;
};
