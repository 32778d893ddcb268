/** The kinds of events that travel on the streams. */
export const families = ['viewing', 'clickstream'] as const;
export type Family = (typeof families)[number];
