import type { Findings } from '@acme/lambda-kit/rows';
import { plainly, quotedText, withLake } from '@acme/laptop-aws/sql';
import { minorUnitsSql } from '@acme/telemetry-schema';

/** What the clickstream's raw zone holds, without what cannot be read. Its transport is at-least-once: all but `rows` are of distinct events. */
export interface ClickstreamCounts {
  /** Rows, repeated ones included. */
  readonly rows: number;
  /** Distinct event_id. */
  readonly landed: number;
  readonly byEventType: Readonly<Record<string, number>>;
  readonly byDeviceType: Readonly<Record<string, number>>;
  /** Page views. */
  readonly byPage: Readonly<Record<string, number>>;
  readonly purchasesByCurrency: Readonly<Record<string, number>>;
  /** In hundredths. */
  readonly revenueByCurrency: Readonly<Record<string, number>>;
}

export interface CountedClickstream extends ClickstreamCounts {
  /** What cannot be read, by name: of all objects that were looked at, whichever ids were asked for. */
  readonly unreadable: Findings;
}

type Group = readonly [
  eventType: string | null,
  deviceType: string | null,
  page: string | null,
  currency: string | null,
  landed: number,
  rows: number,
  hundredths: number,
];

/**
 * Counts the events of `clickstream_events` in one pass.
 *
 * @param ids only events whose id is one of these two or between them, in the order of text
 * @throws NoLakeError when the platform never ran in this folder
 */
export const countClickstream = ({
  dir,
  ids,
}: {
  readonly dir: string;
  readonly ids: readonly [first: string, last: string];
}): Promise<CountedClickstream> =>
  plainly(dir, () => {
    const sql = `
        SELECT event_type, device_type, page, currency, COUNT(*)::DOUBLE, SUM(copies)::DOUBLE, SUM(hundredths)::DOUBLE
        FROM (
          SELECT ANY_VALUE(event_type) AS event_type, ANY_VALUE(device_type) AS device_type,
                 ANY_VALUE(CASE WHEN event_type = 'page_view' THEN page_url END) AS page,
                 ANY_VALUE(CASE WHEN event_type = 'purchase' THEN currency END) AS currency,
                 ANY_VALUE(CASE WHEN event_type = 'purchase' THEN ${minorUnitsSql('amount', 2)} ELSE 0 END) AS hundredths,
                 COUNT(*) AS copies
          FROM acme_telemetry.clickstream_events
          WHERE event_id BETWEEN ${quotedText(ids[0])} AND ${quotedText(ids[1])}
          GROUP BY md5_number(event_id)
        )
        GROUP BY ALL`;
    return withLake({ dir, inOrder: false, sql }, async (connection, { unreadable }) => {
      const groups = (await connection.runAndReadAll(sql)).getRows() as unknown as readonly Group[];
      const sum = (of: (group: Group) => number): number => groups.reduce((total, group) => total + of(group), 0);
      const by = (name: (group: Group) => string | null, of: (group: Group) => number): Record<string, number> => {
        const sums: Record<string, number> = {};
        for (const group of groups) {
          const key = name(group);
          if (key !== null) sums[key] = (sums[key] ?? 0) + of(group);
        }
        return sums;
      };
      const landed = (group: Group): number => group[4];
      return {
        rows: sum((group) => group[5]),
        landed: sum(landed),
        byEventType: by(([type]) => type, landed),
        byDeviceType: by(([, device]) => device, landed),
        byPage: by(([, , page]) => page, landed),
        purchasesByCurrency: by(([, , , currency]) => currency, landed),
        revenueByCurrency: by(
          ([, , , currency]) => currency,
          (group) => group[6],
        ),
        unreadable,
      };
    });
  });
