import { type CfnWorkGroup, CfnNamedQuery } from 'aws-cdk-lib/aws-athena';
import type { Construct } from 'constructs';

/** A query that people find in Athena's console under "Saved queries". */
export interface NamedQuery {
  readonly name: string;
  readonly description: string;
  readonly statement: string;
}

/** On the batch data set; word for word as the reference system prints them. */
export const batchQueries: readonly NamedQuery[] = [
  {
    name: 'Count records in each table',
    description: 'How many customers, titles, viewing events and campaigns there are',
    statement: `SELECT 'customers' as tbl, COUNT(*) FROM customers
UNION ALL SELECT 'titles', COUNT(*) FROM titles
UNION ALL SELECT 'telemetry', COUNT(*) FROM telemetry
UNION ALL SELECT 'campaigns', COUNT(*) FROM campaigns;`,
  },
  {
    name: 'Top genres by watch time',
    description: 'Whole hours watched per genre, the most watched first',
    statement: `SELECT t.genre, SUM(e.watch_duration_seconds)/3600 as hours_watched
FROM telemetry e
JOIN titles t ON e.title_id = t.title_id
GROUP BY t.genre
ORDER BY hours_watched DESC;`,
  },
  {
    name: 'Active customers by subscription tier',
    description: 'How many customers with an active subscription each tier has',
    statement: `SELECT subscription_tier, COUNT(*) as customer_count
FROM customers
WHERE is_active = true
GROUP BY subscription_tier;`,
  },
  {
    name: 'Device type distribution',
    description: 'Viewing events per kind of device, the most used first',
    statement: `SELECT device_type, COUNT(*) as sessions
FROM telemetry
GROUP BY device_type
ORDER BY sessions DESC;`,
  },
  {
    name: 'Daily viewing trends',
    description: 'Viewing events and whole hours watched, day by day',
    statement: `SELECT date, COUNT(*) as events, SUM(watch_duration_seconds)/3600 as hours
FROM telemetry
GROUP BY date
ORDER BY date;`,
  },
];

/**
 * On raw events as they land; as the reference system prints them, but for the stage's database, and without the rows of
 * NULLs that lines which cannot be read make.
 */
export const streamingQueries = (database: string): readonly NamedQuery[] => [
  {
    name: 'Total events',
    description: 'Raw events that have landed, repetitions included',
    statement: `SELECT COUNT(*) FROM ${database}.streaming_events
WHERE event_id IS NOT NULL;`,
  },
  {
    name: 'Events by type',
    description: 'Raw events per type, the most frequent first',
    statement: `SELECT event_type, COUNT(*) as count
FROM ${database}.streaming_events
WHERE event_id IS NOT NULL
GROUP BY event_type
ORDER BY count DESC;`,
  },
  {
    name: 'Events by date',
    description: 'Raw events by the day they happened, the newest first',
    statement: `SELECT SUBSTR(event_timestamp, 1, 10) as date, COUNT(*) as count
FROM ${database}.streaming_events
WHERE event_id IS NOT NULL
GROUP BY SUBSTR(event_timestamp, 1, 10)
ORDER BY date DESC;`,
  },
  {
    name: 'Content engagement',
    description: 'Average watch time and completion per kind of title',
    statement: `SELECT title_type, AVG(watch_duration_seconds) as avg_duration,
       AVG(completion_percentage) as avg_completion
FROM ${database}.streaming_events
WHERE event_id IS NOT NULL
GROUP BY title_type;`,
  },
];

/** Saves the queries of both reference systems in the workgroup of the readers. */
export const namedQueries = (scope: Construct, database: string, group: CfnWorkGroup): void => {
  for (const { name, description, statement } of [...batchQueries, ...streamingQueries(database)]) {
    const id = name.replace(/[^a-z]+([a-z])|^./gi, (match, next?: string) => (next ?? match).toUpperCase());
    const query = new CfnNamedQuery(scope, id, {
      name,
      description,
      database,
      queryString: statement,
      workGroup: group.name,
    });
    query.node.addDependency(group);
  }
};
