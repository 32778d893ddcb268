/** What connections have not been sent, and which are left alone for a while because sending to them failed. */
export interface Arrears {
  /** Events that the connection is owed. */
  of(connectionId: string): number;
  isResting(connectionId: string, nowMs: number): boolean;
  /** The frame with these events did not get through, or was not tried. */
  missed(connectionId: string, events: number): void;
  rest(connectionId: string, untilMs: number): void;
  /** Nothing is owed: it was told, or it has gone. */
  clear(connectionId: string): void;
  /** Forgets every connection but these. */
  keep(connectionIds: Iterable<string>): void;
}

export const noArrears = (): Arrears => {
  const rows = new Map<string, { missed: number; restsUntilMs: number }>();
  const rowOf = (id: string) => rows.get(id) ?? { missed: 0, restsUntilMs: 0 };
  return {
    of: (id) => rowOf(id).missed,
    isResting: (id, nowMs) => rowOf(id).restsUntilMs > nowMs,
    missed: (id, events) => void rows.set(id, { ...rowOf(id), missed: rowOf(id).missed + events }),
    rest: (id, restsUntilMs) => void rows.set(id, { ...rowOf(id), restsUntilMs }),
    clear: (id) => void rows.delete(id),
    keep: (ids) => {
      const kept = new Set(ids);
      for (const id of rows.keys()) if (!kept.has(id)) rows.delete(id);
    },
  };
};
