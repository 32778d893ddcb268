// The saved queries through the Athena API with a stock client, over a data set of ten million events and over raw ones,
// on a platform as it starts. One that reads more than it needs, or answers other than the answer key, fails the bench.
//   node queries.bench.ts [--scale 100] [--events 1000000]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dataSet } from '@acme/synthetic';
import type { NamedQuery } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { athenaOn } from './athena-client.ts';
import { measureQuery } from './measure-query.ts';
import { batchAnswers, streamingAnswers, type Wanted } from './named-query-answers.ts';
import { onAPlatform } from './on-a-platform.ts';
import { say } from './print.ts';
import { landRaw, rawHours, rawRange } from './raw-events.ts';
import { tableBytes } from './table-bytes.ts';
import { watchedCommand } from './watched-command.ts';

const program = join(import.meta.dirname, '../../../apps/lake-loader/cli/seed.ts');
const bucket = 'acme-telemetry-data-000000000000-us-west-2';
const oneDay = '2026-10-17';
const oneHour = 3;
const atMost = 1;

const { values } = parseArgs({
  options: { scale: { type: 'string', default: '100' }, events: { type: 'string', default: '1000000' } },
  strict: false,
});
const set = dataSet({ scale: Number(values.scale) });
const events = Number(values.events);

await onAPlatform(async ({ dir, endpoint }) => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const s3 = new S3Client({ endpoint, region: 'us-west-2', credentials, forcePathStyle: true });
  const bytes = tableBytes(s3, dir, bucket);
  const athena = athenaOn(endpoint);
  const saved = await athena.namedQueries();
  const savedQuery = (name: string): NamedQuery => {
    const query = saved.get(name);
    if (!query) throw new Error(`there is no saved query "${name}"`);
    return query;
  };
  const filtered = (name: string, table: string, filter: string): NamedQuery => {
    const query = savedQuery(name);
    const QueryString = query.QueryString?.replace(new RegExp(`\\b${table}\\b`), `$& WHERE ${filter}`);
    return { ...query, QueryString };
  };

  say(`seeding ${set.range.count.toLocaleString('en-US')} events`);
  await watchedCommand(program, ['--aws-port', new URL(endpoint).port, '--scale', String(set.scale)]);
  const batch = batchAnswers(set.universe, set.range);
  const objectsOf = (table: string) => ({ prefix: `tables/${table}/` });
  for (const [name, wanted] of Object.entries(batch)) {
    await measureQuery(athena, bytes, { name: `query: ${name}`, query: savedQuery(name), wanted, objectsOf, atMost });
  }
  const trends = batch['Daily viewing trends'] as Wanted;
  await measureQuery(athena, bytes, {
    name: `  the same of one day of ${set.days.length}`,
    query: filtered('Daily viewing trends', 'telemetry', `date = '${oneDay}'`),
    wanted: { ...trends, rows: trends.rows.filter(([date]) => date === oneDay) },
    objectsOf,
    neededOf: (table) => ({ ...objectsOf(table), part: `/date=${oneDay}/` }),
  });

  // After the others, because compaction may bring them into telemetry at any time.
  say(`landing ${events.toLocaleString('en-US')} raw events`);
  await landRaw(s3, bucket, events);
  const objectsOfRaw = () => ({ prefix: 'telemetry/' });
  for (const [name, wanted] of Object.entries(streamingAnswers(set.universe, rawRange(events)))) {
    const query = savedQuery(name);
    await measureQuery(athena, bytes, { name: `query: ${name}, raw`, query, wanted, objectsOf: objectsOfRaw, atMost });
  }
  const hour = String(oneHour).padStart(2, '0');
  await measureQuery(athena, bytes, {
    name: `  the last one of one hour of ${rawHours}`,
    query: filtered('Content engagement', 'streaming_events', `hour = '${hour}'`),
    wanted: streamingAnswers(set.universe, rawRange(events, oneHour))['Content engagement'] as Wanted,
    objectsOf: objectsOfRaw,
    neededOf: () => ({ ...objectsOfRaw(), part: `/hour=${hour}/` }),
  });
  athena.close();
  s3.destroy();
});
process.exit();
