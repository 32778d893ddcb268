import type { Connections, Viewer } from '../connections.ts';

/** A list of who is connected that is read again when it is older than a second. */
export interface CachedViewers {
  viewers(): Promise<readonly Viewer[]>;
  remove(connectionId: string): Promise<void>;
}

const freshMs = 1_000;

export const cachedViewers = (connections: Pick<Connections, 'list' | 'remove'>, now: () => number): CachedViewers => {
  let known: readonly Viewer[] = [];
  let readAtMs = -Infinity;
  return {
    viewers: async () => {
      if (now() - readAtMs >= freshMs) {
        known = await connections.list(now());
        readAtMs = now();
      }
      return known;
    },
    remove: async (connectionId) => {
      known = known.filter((viewer) => viewer.connectionId !== connectionId);
      await connections.remove(connectionId);
    },
  };
};
