import type { Expectation } from '@acme/synthetic';

/** A line that is handed over, and what must become of it. */
export interface Line {
  readonly text: string;
  /** Its bytes, when they are no text: `text` is then what reading them as such gives. */
  readonly bytes?: Buffer;
  /** As it must lie on the stream; undefined when the producer refuses it. */
  readonly onStream: string | undefined;
  readonly expected: Expectation;
}
