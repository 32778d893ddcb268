import { setTimeout as wait } from 'node:timers/promises';
import { aViewer } from '@acme/local/platform/viewer.fixture';

/** How many events a viewer was told of. */
export interface Told {
  /** Shown, or counted as bad. */
  readonly shown: number;
  /** Told to have been missed, because a frame was not taken in time. */
  readonly missed: number;
}

/** Somebody who looks at the live view. */
export interface Viewer {
  /** What it was told of so far. */
  told(): Told;
  /** Resolves when nothing more has come for a while. */
  quiet(): Promise<void>;
  close(): void;
}

/** The live view reads the list of its viewers once a second. */
const untilSeenMs = 1_500;
const quietMs = 500;

/** Opens the live view; resolves when the view knows of it, so that every frame from now on is for it too. */
export const watch = async (port: number): Promise<Viewer> => {
  const { socket, messages } = await aViewer(port);
  await wait(untilSeenMs);
  const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
  return {
    told: () => ({
      shown: messages.reduce((sum, { total, invalid }) => sum + number(total) + number(invalid), 0),
      missed: messages.reduce((sum, { missed }) => sum + number(missed), 0),
    }),
    quiet: async () => {
      for (let before = -1; before !== messages.length; await wait(quietMs)) before = messages.length;
    },
    close: () => socket.close(),
  };
};
