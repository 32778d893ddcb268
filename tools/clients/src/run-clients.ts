import { aPlace, type Place } from '@acme/local/platform/platform.fixture';
import type { Against } from './clients/against.ts';
import { goSdk } from './clients/go.ts';
import { javaSdk } from './clients/java.ts';
import { kcat, pythonKafka } from './clients/kafka.ts';
import { kcl } from './clients/kcl.ts';
import { kpl } from './clients/kpl.ts';
import { pythonCases } from './clients/python.ts';
import type { Engines } from './engines.ts';
import type { Report } from './report.ts';

/** What the clients of a platform reported, and how it ended. */
export interface Ran {
  readonly reports: readonly Report[];
  /** Clients that this machine cannot run. */
  readonly skipped: readonly string[];
  /** The exit code of `npm start -- --for 1s`, which drains and adds up, with its last lines. */
  readonly sums: readonly [number, string];
  /** The same of `npm run audit`. */
  readonly audit: readonly [number, string];
}

interface Options {
  readonly engines: Engines;
  readonly isFull: boolean;
}

/** Every client of AWS against one platform on Kinesis. */
export const onKinesis = async (options: Options): Promise<Ran> => {
  const { go } = options.engines;
  return against('kinesis', options, async (on) => {
    const reports = await Promise.all([
      pythonCases(
        [
          's3_objects',
          's3_uploads',
          's3_urls',
          's3_buckets',
          'dynamodb_items',
          'dynamodb_batches',
          'dynamodb_queries',
          'services',
          'athena',
          'files',
        ],
        on,
      ),
      javaSdk(on).then(async (ofSdk) => [...ofSdk, ...(await kpl(on))]),
      go === undefined ? [] : goSdk(go, on),
      kcl(on),
    ]);
    return { reports: reports.flat(), skipped: go === undefined ? ['aws-sdk-go-v2: no go'] : [] };
  });
};

/** Every client of Kafka against one platform on Kafka. */
export const onKafka = async (options: Options): Promise<Ran> => {
  const { kcat: program } = options.engines;
  return against('kafka', options, async (on, output) => {
    const brokers = /Apache Kafka \S+ on (127\.0\.0\.1:\d+)/.exec(output)?.[1] ?? '';
    const reports = await pythonKafka(on, brokers);
    const ofKcat = program === undefined ? [] : await kcat(program, on, brokers);
    return { reports: [...reports, ...ofKcat], skipped: program === undefined ? ['kcat: not installed'] : [] };
  });
};

/** Starts a platform, lets clients at it, stops it, and draws the sums and the audit of what they left. */
const against = async (
  transport: 'kinesis' | 'kafka',
  { engines, isFull }: Options,
  run: (on: Against, output: string) => Promise<Pick<Ran, 'reports' | 'skipped'>>,
): Promise<Ran> => {
  const place = await aPlace();
  try {
    const quiet = ['--transport', transport, '--rate', '0', '--schedules', 'off'];
    const platform = await place.start(...quiet);
    const ran = await run({ place, engines, isFull, env: await environmentOf(place) }, platform.output());
    await platform.kill('SIGTERM');
    const sums = await place.startToEnd(...quiet, '--for', '1s');
    const audit = await place.run('tools/audit/src/main.ts', '--dir', place.dir);
    const last = ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string =>
      `${stdout}${stderr}`.trimEnd().split('\n').slice(-12).join('\n');
    return { ...ran, sums: [sums.code, last(sums)], audit: [audit.code, last(audit)] };
  } finally {
    await place.close();
  }
};

/** Only what `npm run env` exports, so that nothing of this machine decides. */
const environmentOf = async (place: Place): Promise<NodeJS.ProcessEnv> => {
  const { stdout } = await place.run('tools/local/src/env/main.ts', '--aws-port', String(place.awsPort));
  const exported = [...stdout.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
  return { PATH: process.env['PATH'], HOME: place.dir, ...Object.fromEntries(exported) };
};
