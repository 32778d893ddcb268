import { join } from 'node:path';
import { arn } from '../aws/identity.ts';
import type { Stream } from '../kinesis/stream.ts';
import type { Shard } from '../kinesis/shard.ts';
import type { Delivery } from './attempt.ts';
import { Checkpoints } from './checkpoints.ts';
import { recordFilter } from './filter/record-filter.ts';
import { Lane, type LaneHost } from './lane.ts';
import { functionArn, type MappingSettings } from './mapping-settings.ts';
import type { RunningMapping } from './running-mapping.ts';

/** A mapping that runs or can run: a lane per shard, and where each of them goes on. */
export class Mapping implements RunningMapping {
  readonly settings: MappingSettings;
  readonly #lanes: readonly Lane[];
  readonly #checkpoints: Checkpoints;
  readonly #results: { last: string };
  readonly #modifiedMs = Date.now();

  private constructor(
    settings: MappingSettings,
    lanes: readonly Lane[],
    checkpoints: Checkpoints,
    results: { last: string },
  ) {
    this.settings = settings;
    this.#lanes = lanes;
    this.#checkpoints = checkpoints;
    this.#results = results;
  }

  /**
   * From its checkpoints, or for a shard without one from the StartingPosition, which is then its checkpoint.
   *
   * @throws FilterPatternError
   */
  static async open(
    dir: string,
    settings: MappingSettings,
    stream: Stream,
    host: Omit<LaneHost, 'done' | 'tried' | 'filter' | 'delivering'> & {
      readonly progressed: () => void;
      readonly delivered?: ((delivery: Delivery) => void) | undefined;
    },
  ): Promise<Mapping> {
    const filter = recordFilter(settings.filters);
    const results = { last: 'No records processed' };
    const checkpoints = await Checkpoints.open(join(dir, `${settings.uuid}.json`), (error) =>
      host.log(`event source ${settings.functionName}: checkpoints were not saved: ${String(error)}`),
    );
    const laneHost: LaneHost = {
      ...host,
      filter,
      delivering: ({ records }) => {
        const { functionName, streamArn } = settings;
        const lastArrivalMs = records.at(-1)?.arrivalMs;
        if (lastArrivalMs !== undefined) host.delivered?.({ functionName, streamArn, lastArrivalMs });
      },
      done: (shard, next) => {
        checkpoints.set(shard.id, next);
        host.progressed();
      },
      tried: ({ failure }) => {
        results.last = failure === undefined ? 'OK' : 'PROBLEM: Function call failed';
      },
    };
    const lanes: Lane[] = [];
    for (const shard of stream.shards) {
      const lane = new Lane(shard, await startOf(shard, settings, checkpoints, host.log), settings, laneHost);
      lanes.push(lane);
      // On AWS the retention of a stream runs out on a mapping that is behind; a laptop may have been off for longer.
      shard.keepFor(settings.uuid, () => (settings.enabled ? lane.next : undefined));
    }
    await checkpoints.save();
    return new Mapping(settings, lanes, checkpoints, results);
  }

  get source(): string {
    return this.settings.streamArn;
  }

  get behind(): number {
    return this.settings.enabled ? this.#lanes.reduce((sum, { behind }) => sum + behind, 0) : 0;
  }

  start(): void {
    if (this.settings.enabled) for (const lane of this.#lanes) lane.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.stop()));
  }

  /** The stream is in this process: there is nothing to wait for. */
  async look(): Promise<void> {}

  saveProgress(): Promise<void> {
    return this.#checkpoints.save();
  }

  /** As the Lambda API describes it (EventSourceMappingConfiguration; times in seconds since 1970). */
  describe() {
    const { uuid, streamArn, batchSize, windowMs, startAt, enabled, retries, largestAgeMs } = this.settings;
    const { parallelization, bisects, reportsItemFailures, filters, onFailure } = this.settings;
    return {
      UUID: uuid,
      EventSourceMappingArn: arn('lambda', `event-source-mapping:${uuid}`),
      EventSourceArn: streamArn,
      FunctionArn: functionArn(this.settings),
      State: enabled ? 'Enabled' : 'Disabled',
      StateTransitionReason: 'User action',
      LastModified: this.#modifiedMs / 1000,
      LastProcessingResult: this.#results.last,
      BatchSize: batchSize,
      MaximumBatchingWindowInSeconds: windowMs / 1000,
      ParallelizationFactor: parallelization,
      BisectBatchOnFunctionError: bisects,
      TumblingWindowInSeconds: 0,
      MaximumRetryAttempts: retries ?? -1,
      MaximumRecordAgeInSeconds: largestAgeMs === undefined ? -1 : largestAgeMs / 1000,
      FunctionResponseTypes: reportsItemFailures ? ['ReportBatchItemFailures'] : [],
      DestinationConfig: { OnFailure: onFailure === undefined ? {} : { Destination: onFailure } },
      ...(filters.length > 0 ? { FilterCriteria: { Filters: filters.map((Pattern) => ({ Pattern })) } } : {}),
      ...(typeof startAt === 'string'
        ? { StartingPosition: startAt }
        : { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: startAt.timestampMs / 1000 }),
    };
  }
}

const startOf = async (
  shard: Shard,
  { startAt, functionName }: MappingSettings,
  checkpoints: Checkpoints,
  log: (line: string) => void,
): Promise<number> => {
  const saved = checkpoints.get(shard.id);
  const position = saved === undefined ? undefined : shard.positionOf(saved);
  if (position) {
    if (shard.log.lost(position)) {
      log(
        `event source ${functionName} ${shard.id}: its checkpoint is behind the end of the log (a power loss?); goes on at the end`,
      );
    }
    return shard.log.indexOf(position);
  }
  const index =
    startAt === 'LATEST'
      ? shard.log.end
      : startAt === 'TRIM_HORIZON'
        ? shard.log.start
        : await shard.log.indexAt(startAt.timestampMs);
  checkpoints.set(shard.id, shard.log.sequenceNumberAt(index));
  return index;
};
