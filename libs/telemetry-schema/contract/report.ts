import type { Change } from './change.ts';
import type { Published } from './published.ts';
import type { Readers } from './readers.ts';

const mostPlaces = 3;

/** The changes that break somebody, each with whom and what its author does instead; empty when there is none. */
export const breakReport = (changes: readonly Change[], published: readonly Published[], readers: Readers): string => {
  const breaking = changes.filter(({ instead }) => instead !== undefined);
  if (breaking.length === 0) return '';
  const count = breaking.length === 1 ? 'One change breaks' : `${breaking.length} changes break`;
  const lines = [
    `${count} what telemetry-schema has published:`,
    ...breaking.flatMap((change) => ['', ...explained(change, published, readers)]),
  ];
  const unnamed = readers.importing.filter((project) => !lines.some((line) => line.includes(`${project} (`)));
  if (unnamed.length > 0) lines.push('', `Whole events or rows are also read by ${unnamed.join(', ')}.`);
  return lines.join('\n');
};

/** What a reader may count on from now on: one line a change. */
export const growthReport = (changes: readonly Change[], readers: Readers): string =>
  changes
    .flatMap((change) => [
      `${nameOf(change)} ${change.what.join(', ')}`,
      ...(change.widens ? [`  deploy first   ${readersOf(change, readers)}`] : []),
    ])
    .join('\n');

const explained = (change: Change, published: readonly Published[], readers: Readers): string[] => {
  const held = holdersOf(change, published);
  const queries = readers.queries(wordOf(change));
  return [
    `${nameOf(change)} ${change.what.join(', ')}`,
    `  named by   ${readersOf(change, readers)}`,
    ...(queries.length > 0 ? [`  asked by   ${queries.map((name) => `"${name}"`).join(', ')}`] : []),
    ...(held ? [`  held by    ${held}`] : []),
    `  instead    ${change.instead}`,
  ];
};

const nameOf = ({ contract, field }: Change): string => (field === undefined ? contract : `${contract}.${field}`);

/** The last word of `purchase.amount`; of a whole family or table its own name. */
const wordOf = ({ contract, field = contract }: Change): string => field.slice(field.lastIndexOf('.') + 1);

const readersOf = (change: Change, readers: Readers): string =>
  readers
    .naming(wordOf(change))
    .map(({ project, places }) => `${project} (${shortened(places)})`)
    .join(', ') || 'no source of this repository; other teams install the package';

const shortened = (places: readonly string[]): string =>
  places.length <= mostPlaces
    ? places.join(', ')
    : `${places.slice(0, mostPlaces).join(', ')} and ${places.length - mostPlaces} more`;

/** Where values that follow the published rules lie, and since when. */
const holdersOf = ({ contract, field }: Change, published: readonly Published[]): string => {
  const own = published.find(({ name }) => name === contract);
  const since = field === undefined ? '' : own?.fields[field]?.since;
  if (!own || since === undefined) return '';
  const written = since && ` written since ${since}`;
  const tables = published.filter(
    ({ name, kind, fields }) =>
      kind === 'table' && (name === contract || (field !== undefined && field in fields && holds(fields, own))),
  );
  if (tables.length === 0) return `${contract} events${written}`;
  return `${tables.length === 1 ? 'table' : 'tables'} ${tables.map(({ name }) => name).join(', ')}, in files${written || ' of every age'}`;
};

/** Whether a table has such fields itself: one of another family's events has some that are only called alike. */
const holds = (table: Published['fields'], { fields }: Published): boolean =>
  !('event_id' in table) || Object.entries(fields).every(([name, { required }]) => !required || name in table);
