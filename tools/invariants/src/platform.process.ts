// The platform in a process of its own, with faults whose rates the caller chooses; it does what its parent asks.
import { roots } from '@acme/lake-layout';
import { openFaults } from '@acme/laptop-aws/testing';
import { drained } from '@acme/local/platform/drained';
import { startPlatform } from '@acme/local/platform/start-platform';
import { takeStateFolder } from '@acme/local/platform/state-folder';
import { Progress } from '@acme/local/terminal/progress';
import type { Answer, PlatformOptions, Request } from './platform.ts';
import { streams } from './streams.ts';

const options = JSON.parse(process.argv[2] as string) as PlatformOptions;
const { dir, port, awsPort, seed, transport } = options;
const rates = { ...options.faults };
const release = takeStateFolder(dir, { port, awsPort });
const faults = openFaults({
  kinds: Object.keys(rates) as (keyof typeof rates)[],
  seed,
  rates,
  quarantine: roots.quarantine,
});
const platform = await startPlatform({ dir, port, awsPort, faults, transport }, new Progress());
const { engines } = platform;
// Every event of a run is one of its schedule's.
await engines.scheduler.stop();

const answerTo = async (request: Request): Promise<unknown> => {
  switch (request.do) {
    case 'invoke': {
      const { payload, functionError } = await engines.functions.invoke(request.name, request.payload);
      if (functionError) throw new Error(payload);
      return JSON.parse(payload);
    }
    case 'faults off':
      for (const kind of Object.keys(rates)) rates[kind as keyof typeof rates] = 0;
      return faults.counts();
    case 'drain':
      return drained(platform);
    case 'stop':
      await platform.stop();
      release();
      return undefined;
  }
};

const tell = (answer: Answer): void => void process.send?.(answer);

process.on('disconnect', () => process.exit(1));
process.on('message', (request: Request) => {
  void answerTo(request).then(
    (value) => tell({ id: request.id, value }),
    (error: unknown) => tell({ id: request.id, error: error instanceof Error ? error.message : String(error) }),
  );
});
const names = new Set(Object.values(streams).map(({ name }) => name));
const mappings = engines.eventSources.lag().flatMap(({ uuid, source: arnOrTopic, functionName }) => {
  const source = arnOrTopic.slice(arnOrTopic.lastIndexOf('/') + 1);
  return names.has(source) ? [{ uuid, source, functionName }] : [];
});
const bucket = platform.output('DataBucketName');
const bootstrapServers = engines.kafka?.bootstrapServers;
tell({ id: 0, value: { bucket, mappings, bootstrapServers } satisfies Answer['value'] });
