/** A line of a source: the fields of its row, not checked yet, or why it has none. */
export type SourceLine =
  { readonly line: number; readonly value: unknown } | { readonly line: number; readonly reason: string };
