// From the command to a lake that answers, with the default data set and with a hundred times as much, on a platform as
// it starts; beside it, in the same run, DuckDB's own COPY of the same events as ready NDJSON.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queryLake } from '@acme/laptop-aws/sql';
import { dataSet } from '@acme/synthetic';
import { onAPlatform } from './on-a-platform.ts';
import { median, printRow, say } from './print.ts';
import { copyNdjson, writeNdjson } from './ready-ndjson.ts';
import { type Took, watchedCommand } from './watched-command.ts';

const program = join(import.meta.dirname, '../../../apps/lake-loader/cli/seed.ts');
const rounds = 3;
const large = 100;
/** As many of the same events as a laptop has room for as text. */
const ndjsonEvents = 2_000_000;

await onAPlatform(async ({ dir, endpoint }) => {
  /** Seeds, and asks how many events are there. */
  const seed = async (seedOfSet: number, scale: number, ...days: readonly string[]): Promise<Took> => {
    const startedMs = performance.now();
    const took = await watchedCommand(program, [
      '--aws-port',
      new URL(endpoint).port,
      '--seed',
      String(seedOfSet),
      '--scale',
      String(scale),
      ...days,
    ]);
    const { rows } = await queryLake({ dir, sql: 'SELECT COUNT(*) AS events FROM telemetry' });
    if (Number(rows[0]?.['events']) !== scale * 100_000)
      throw new Error(`${rows[0]?.['events']} events are in the table`);
    return { ...took, ms: performance.now() - startedMs };
  };

  const usual: Took[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    usual.push(await seed(round, 1));
    say(`default data set: round ${round} of ${rounds}, ${((usual.at(-1) as Took).ms / 1000).toFixed(1)} s`);
  }
  printRow({
    name: 'seed: default data set, from the command to the answer of a query',
    value: median(usual.map(({ ms }) => ms)) / 1000,
    unit: 's',
    atMost: 3,
    about: `100,000 events, 10,000 customers, 1,000 titles, 50 campaigns; median of ${rounds}`,
  });

  // As much a day as at the full scale, on a tenth of its days.
  const tenth = await seed(11, large / 10, '--from', '2026-10-29');
  say(`a tenth of scale ${large}: ${(tenth.ms / 1000).toFixed(1)} s`);
  const whole = await seed(12, large);
  say(`scale ${large}: ${(whole.ms / 1000).toFixed(1)} s`);
  const perSecond = (large * 100_000 * 1000) / whole.ms;
  printRow({
    name: `seed: scale ${large} to objects of Parquet and zstd, counted back`,
    value: perSecond,
    unit: 'events/s',
    atLeast: 300_000,
    about: `${(large / 10).toFixed(0)} M events in ${(whole.ms / 1000).toFixed(1)} s`,
  });
  printRow({ name: '  CPU per event, all its processes', value: whole.cpuSeconds / large / 0.1, unit: 'µs' });
  printRow({ name: '  memory of its largest process, at most', value: whole.peakMiB, unit: 'MiB', about: 'resident' });
  printRow({
    name: '  memory, times that of a tenth of the days',
    value: whole.peakMiB / tenth.peakMiB,
    unit: '×',
    atMost: 1.25,
  });

  const folder = await mkdtemp(join(tmpdir(), 'acme-bench-ndjson-'));
  try {
    const file = join(folder, 'events.ndjson');
    writeNdjson(dataSet({ seed: 12, scale: large }), ndjsonEvents, file);
    await copyNdjson(file, join(folder, 'events.parquet')); // the file is in the cache of the system then, as new events are
    const copies: number[] = [];
    for (let round = 1; round <= rounds; round += 1)
      copies.push(await copyNdjson(file, join(folder, 'events.parquet')));
    const copied = (ndjsonEvents * 1000) / median(copies);
    printRow({
      name: 'seed: times DuckDB’s COPY of ready NDJSON',
      value: perSecond / copied,
      unit: '×',
      atLeast: 0.5,
      about: 'making the events and storing them as objects included, here and not there',
    });
    printRow({
      name: '  DuckDB COPY, NDJSON file to Parquet and zstd',
      value: copied,
      unit: 'events/s',
      about: `${(ndjsonEvents / 1e6).toFixed(0)} M of the same events, all cores, median of ${rounds}`,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
process.exit();
