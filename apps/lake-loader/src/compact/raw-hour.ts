/** The raw events of one hour of arrival, as they lie in the lake. */
export interface RawHour {
  /** `2026-11-21T09`, UTC. */
  readonly hour: string;
  /** Its objects by their names within the hour's folder, in byte order, each with its ETag. */
  readonly objects: readonly { readonly name: string; readonly etag: string }[];
  readonly bytes: number;
}
