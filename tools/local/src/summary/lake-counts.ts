import type { Findings } from '@acme/lambda-kit/rows';
import { plainly, quotedName, quotedText, withLake } from '@acme/laptop-aws/sql';

/** What the raw zone holds, without what cannot be read. Its transport is at-least-once: the counts by a column are of distinct events. */
export interface LakeCounts {
  /** Rows, repeated ones included. */
  readonly rows: number;
  /** Distinct event_id. */
  readonly landed: number;
  readonly byEventType: Readonly<Record<string, number>>;
  readonly byDeviceType: Readonly<Record<string, number>>;
  readonly byTitleId: Readonly<Record<string, number>>;
}

export interface CountedLake extends LakeCounts {
  /** What cannot be read, by name: of all objects that were looked at, whichever ids were asked for. */
  readonly unreadable: Findings;
}

/**
 * Counts the events of the lake in one pass: 10 million in some seconds and 1.5 GB, whatever their number. Ids are told
 * apart by their MD5, 16 bytes each.
 *
 * @throws NoLakeError when the platform never ran in this folder
 */
export const countLake = ({
  dir,
  ids,
  database = 'acme_telemetry',
  table = 'streaming_events',
}: {
  readonly dir: string;
  /** Only events whose id is one of these two or between them, in the order of text. @default all */
  readonly ids?: readonly [first: string, last: string];
  readonly database?: string;
  readonly table?: string;
}): Promise<CountedLake> =>
  plainly(dir, () => {
    const sql = `
        SELECT event_type, device_type, title_id, COUNT(*)::DOUBLE AS landed, SUM(copies)::DOUBLE AS rows
        FROM (
          SELECT ANY_VALUE(event_type) AS event_type, ANY_VALUE(device_type) AS device_type,
                 ANY_VALUE(title_id) AS title_id, COUNT(*) AS copies
          FROM ${quotedName(database)}.${quotedName(table)}
          WHERE ${ids ? `event_id BETWEEN ${quotedText(ids[0])} AND ${quotedText(ids[1])}` : 'event_id IS NOT NULL'}
          GROUP BY md5_number(event_id)
        )
        GROUP BY ALL`;
    return withLake({ dir, inOrder: false, sql }, async (connection, { unreadable }) => {
      const result = await connection.runAndReadAll(sql);
      const groups = result.getRows() as [string | null, string | null, string | null, number, number][];
      return {
        rows: groups.reduce((sum, [, , , , rows]) => sum + rows, 0),
        landed: groups.reduce((sum, [, , , landed]) => sum + landed, 0),
        byEventType: sumBy(groups.map(([eventType, , , landed]) => [eventType, landed])),
        byDeviceType: sumBy(groups.map(([, deviceType, , landed]) => [deviceType, landed])),
        byTitleId: sumBy(groups.map(([, , titleId, landed]) => [titleId, landed])),
        unreadable,
      };
    });
  });

const sumBy = (counts: readonly (readonly [string | null, number])[]): Record<string, number> => {
  const sums = new Map<string, number>();
  for (const [name, count] of counts) sums.set(name ?? 'null', (sums.get(name ?? 'null') ?? 0) + count);
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
};
