import type { Connections, Viewer } from './connections.ts';

/** Connections kept in memory, for tests. */
export const someConnections = (): Connections => {
  const viewers = new Map<string, Viewer>();
  return {
    add: async (connectionId) => void viewers.set(connectionId, { connectionId, filter: {} }),
    setFilter: async (connectionId, filter) => {
      if (!viewers.has(connectionId)) return false;
      viewers.set(connectionId, { connectionId, filter });
      return true;
    },
    remove: async (connectionId) => void viewers.delete(connectionId),
    list: async () => [...viewers.values()],
  };
};
