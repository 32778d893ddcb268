/** The fields of an event, of whichever family. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an event's line. */
export const fieldsOf = (line: string): Fields => JSON.parse(line) as Fields;

/** The line with some fields changed in their places; a field changed to undefined is left out. */
export const withFields = (line: string, change: (event: Fields) => Fields): string => {
  const event = fieldsOf(line);
  return JSON.stringify({ ...event, ...change(event) });
};

/** The line with another time in the field named, given and answered in UTC milliseconds. */
export const withTime = (field: string, line: string, change: (ms: number) => number): string =>
  withFields(line, (event) => ({ [field]: new Date(change(Date.parse(String(event[field])))).toISOString() }));
