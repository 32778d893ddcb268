import type { Operations } from '../aws/json-service.ts';
import type { AwsService } from '../aws/service.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { StartEnvironment } from '../lambda/execution-environment.ts';
import type { Functions } from '../lambda/functions.ts';
import type { S3 } from '../s3/s3.ts';
import { deliveringTwice } from './duplicate-delivery.ts';
import { dyingEnvironments } from './environments.ts';
import { expiringIterators } from './expired-iterators.ts';
import { type FaultOptions, type FaultSource, faultSource } from './fault-source.ts';
import { refusingBatches } from './firehose-partial.ts';
import { leavingClients } from './gone.ts';
import { failingPuts } from './object-store.ts';
import { refusingPuts } from './put-records.ts';
import { failingQuarantine } from './quarantine-errors.ts';
import { failingService } from './service-errors.ts';

type Services = Readonly<Record<string, AwsService>>;

/**
 * The fault switches of a platform. Each function gives what it is given back, with those faults around it that are
 * switched on; without any, it gives back the very same.
 */
export interface Faults {
  /** How often each kind that is switched on has struck so far. */
  readonly counts: FaultSource['counts'];
  /** Of Lambda: `kill-before`, `kill-during`, `kill-after`, `function-timeout`. */
  environments(start: StartEnvironment): StartEnvironment;
  /** What event source mappings invoke: `duplicate-delivery`. */
  deliveries<Some extends Pick<Functions, 'invoke'>>(functions: Some): Some;
  /** Of Kinesis: `partial-put`, `throttle`. */
  puts(kinesis: Kinesis, operations: Operations): Operations;
  /** Of Firehose: `firehose-partial`. */
  batches(operations: Operations): Operations;
  /** What Firehose delivers to: `s3-error`. */
  destination(s3: Pick<S3, 'put'>): Pick<S3, 'put'>;
  /** Of the endpoint, by signing name: `firehose-error`, `s3-error`, `dynamodb-error`, `connections-error`, `gone`, `quarantine-error`, `expired-iterator`. */
  services<Some extends Services>(services: Some): Some;
}

export const openFaults = (options: FaultOptions): Faults => {
  const faults = faultSource(options);
  const around: Readonly<Record<string, (service: AwsService) => AwsService>> = {
    dynamodb: (service) => failingService('dynamodb-error', service, faults),
    'execute-api': (service) => failingService('connections-error', leavingClients(service, faults), faults),
    firehose: (service) => failingService('firehose-error', service, faults),
    kinesis: (service) => expiringIterators(service, faults),
    s3: (service) => failingService('s3-error', failingQuarantine(service, faults, options.quarantine), faults),
  };
  return {
    counts: faults.counts,
    environments: (start) => dyingEnvironments(start, faults),
    deliveries: (functions) => deliveringTwice(functions, faults),
    puts: (kinesis, operations) => refusingPuts(kinesis, operations, faults),
    batches: (operations) => refusingBatches(operations, faults),
    destination: (s3) => failingPuts(s3, faults),
    services: <Some extends Services>(services: Some) =>
      Object.fromEntries(
        Object.entries(services).map(([name, service]) => [name, around[name]?.(service) ?? service]),
      ) as Some,
  };
};

/** All switches off. */
export const noFaults: Faults = openFaults({ kinds: [], seed: 0 });
