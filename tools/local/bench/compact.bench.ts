// From raw events as Firehose leaves them to telemetry: the deployed compaction on a platform as it starts, counted back.
import { queryLake } from '@acme/laptop-aws/sql';
import { fixedClock, openUniverse } from '@acme/synthetic';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { onAPlatform } from './on-a-platform.ts';
import { median, printRow, say } from './print.ts';
import { rawObject } from './raw-object.ts';

const rounds = 3;
const eventsOfHour = 1_000_000;
const eventsOfObject = 125_000;
const bucket = 'acme-telemetry-data-000000000000-us-west-2';

await onAPlatform(async ({ dir, endpoint }) => {
  const client = { endpoint, region: 'us-west-2', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const lambda = new LambdaClient(client);
  const universe = openUniverse(1);

  /** An hour of raw events that happened on two days, in objects of gzip. */
  const land = async (hour: number): Promise<void> => {
    const clock = fixedClock(Date.UTC(2026, 9, 2, hour));
    const folder = `telemetry/year=2026/month=10/day=02/hour=${String(hour).padStart(2, '0')}`;
    for (let at = 0; at < eventsOfHour; at += eventsOfObject) {
      const Body = rawObject(universe, { from: hour * eventsOfHour + at, count: eventsOfObject, clock });
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${folder}/${at}.gz`, Body }));
    }
  };
  const only = (hour: number): object => ({ from: at(hour), to: at(hour + 1) });
  const at = (hour: number): string => new Date(Date.UTC(2026, 9, 2, hour)).toISOString();
  const compact = async (order: object): Promise<{ ms: number; answer: Record<string, unknown> }> => {
    const startedMs = performance.now();
    const { Payload, FunctionError } = await lambda.send(
      new InvokeCommand({ FunctionName: 'acme-lake-compaction', Payload: Buffer.from(JSON.stringify(order)) }),
    );
    const answer = JSON.parse(Buffer.from(Payload ?? []).toString('utf8'));
    if (FunctionError) throw new Error(`compaction failed: ${answer.errorMessage}`);
    return { ms: performance.now() - startedMs, answer };
  };

  const took: number[] = [];
  const cpu: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    await land(round);
    const before = process.cpuUsage();
    took.push((await compact(only(round))).ms);
    const { user, system } = process.cpuUsage(before);
    cpu.push(user + system);
    const { rows } = await queryLake({
      dir,
      sql: `SELECT COUNT(DISTINCT event_id) AS events FROM telemetry WHERE date < '2026-11-01'`,
    });
    if (Number(rows[0]?.['events']) !== round * eventsOfHour)
      throw new Error(`${rows[0]?.['events']} events are in telemetry`);
    say(`round ${round} of ${rounds}, ${((took.at(-1) as number) / 1000).toFixed(1)} s`);
  }
  printRow({
    name: 'compaction: raw JSON to curated Parquet',
    value: (eventsOfHour * 1000) / median(took),
    unit: 'events/s',
    atLeast: 300_000,
    about: `an hour of ${eventsOfHour / 1e6} M events in eight objects, each looked up in the table first; median of ${rounds}`,
  });
  printRow({ name: '  CPU per event, all threads of the platform', value: median(cpu) / eventsOfHour, unit: 'µs' });
  const again = await compact(only(1));
  if (again.answer['files'] !== 0) throw new Error('a compacted hour was done again and gave new files');
  printRow({
    name: '  an hour that is there already, done again',
    value: (eventsOfHour * 1000) / again.ms,
    unit: 'events/s',
  });
});
process.exit();
