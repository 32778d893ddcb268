/** One field, event type or table that is not as published. */
export interface Change {
  /** The event family or the table. */
  readonly contract: string;
  /** The field as the contract names it; undefined when the whole family or table changed. */
  readonly field?: string;
  /** Everything that changed, in words that read on from the name: "is removed". */
  readonly what: readonly string[];
  /** Set when something that was promised no longer holds: what its author does instead. */
  readonly instead?: string;
  /** Whether values come that readers have not met: their code goes first. */
  readonly widens?: true;
}
