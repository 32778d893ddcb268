import type { DeliverySettings } from './mapping-settings.ts';
import type { EventSourceMapping } from '../lambda/service.ts';

/** A mapping that runs or can run, whatever it reads. */
export interface RunningMapping {
  readonly settings: DeliverySettings;
  /** The stream's ARN, or the topic. */
  readonly source: string;
  /** Records that are in the source and not done, as of the last look at it; none when it is not enabled. */
  readonly behind: number;
  /** Looks how far the source goes; a source that cannot be asked counts as not done. */
  look(): Promise<void>;
  start(): void;
  /** Begins no more invocations; resolves when those in flight have ended. */
  stop(): Promise<void>;
  /** Resolves when its place is kept, as well as can be. */
  saveProgress(): Promise<void>;
  /** As the Lambda API describes it (EventSourceMappingConfiguration; times in seconds since 1970). */
  describe(): EventSourceMapping;
}
