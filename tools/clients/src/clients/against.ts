import type { Place } from '@acme/local/platform/platform.fixture';
import type { Engines } from '../engines.ts';

/** What a client's program runs against. */
export interface Against {
  readonly place: Place;
  /** What `npm run env` prints, and nothing else of this machine that AWS clients listen to. */
  readonly env: NodeJS.ProcessEnv;
  readonly engines: Engines;
  /** Whether as many records are sent as the figures want, and not only as many as show a fault. */
  readonly isFull: boolean;
}
