import type { Admin } from 'kafkajs';
import { type Credentials, kafkaClient } from '../../kafka/client.ts';
import type { AttemptHost } from '../attempt.ts';
import type { FailureDestination } from '../failure-destination.ts';
import type { RunningMapping } from '../running-mapping.ts';
import { waitFor } from '../wait.ts';
import { Commits } from './commits.ts';
import { describeKafka } from './describe.ts';
import { type Fetched, GroupMember } from './group-member.ts';
import { Lanes } from './lanes.ts';
import { type Bounds, boundsOf, committedBy, startingOffsets } from './offsets.ts';
import { PartitionLane } from './partition-lane.ts';
import { KafkaRecord } from './record.ts';
import type { KafkaMappingSettings } from './settings.ts';
import { valueFilter } from './value-filter.ts';

/** How often it looks how far the topic goes, for those who ask how far behind it is. */
const lookEveryMs = 1_000;

export interface KafkaHost extends Omit<AttemptHost, 'tried' | 'identify'> {
  readonly log: (line: string) => void;
  /** Is told of a batch that cannot be read, in words. */
  readonly unreadable: (line: string) => void;
  readonly backoffMs: (failures: number) => number;
  /** How old records are that arrived at a moment, both in milliseconds. */
  readonly ageOf: (arrivalMs: number) => number;
  readonly destination: FailureDestination | undefined;
  readonly progressed: () => void;
  /** How its clients log in. */
  readonly credentials: Credentials;
}

/** A mapping for a topic: a member of its consumer group, and a lane per partition that the group gives it. */
export class KafkaMapping implements RunningMapping {
  readonly settings: KafkaMappingSettings;
  readonly #host: KafkaHost;
  readonly #admin: Admin;
  readonly #member: GroupMember;
  readonly #lanes: Lanes;
  readonly #commits: Commits;
  readonly #wants: ((record: KafkaRecord) => boolean) | undefined;
  readonly #stop = new AbortController();
  readonly #modifiedMs = Date.now();
  #last = 'No records processed';
  #bounds = new Map<number, Bounds>();
  #committed = new Map<number, number>();
  #starting = new Map<number, number>();
  #reachable = false;
  #joined = false;
  #connected: Promise<void> | undefined;
  #looking: Promise<void> | undefined;
  #watching: Promise<void> = Promise.resolve();

  /** @throws FilterPatternError */
  constructor(settings: KafkaMappingSettings, host: KafkaHost) {
    const { topic, groupId, filters, bootstrapServers } = settings;
    this.settings = settings;
    this.#host = host;
    this.#wants = valueFilter(filters);
    const kafka = kafkaClient(bootstrapServers, host.credentials);
    this.#admin = kafka.admin();
    this.#lanes = new Lanes({ open: (...which) => this.#open(...which), say: (line) => this.#say(line) });
    this.#member = new GroupMember({
      ...{ kafka, topic, groupId, backoffMs: host.backoffMs },
      assigned: (partitions) => this.#assigned(partitions),
      fetched: (batch) => this.#fetched(batch),
      unreadable: (what) => {
        this.#say(`${what}; goes on behind it`);
        host.unreadable(`${what}; its place goes to the quarantine of each consumer`);
      },
      say: (line) => {
        if (!this.#stop.signal.aborted) this.#say(line);
      },
    });
    this.#commits = new Commits({ commit: (offsets) => this.#member.commit(offsets) });
  }

  get source(): string {
    return this.settings.topic;
  }

  get behind(): number {
    if (!this.settings.enabled) return 0;
    const records = [...this.#bounds].reduce((sum, [partition, { low, high }]) => {
      const done = this.#lanes.get(partition)?.done ?? this.#committed.get(partition) ?? this.#starting.get(partition);
      return sum + Math.max(0, high - Math.max(low, done ?? low));
    }, 0);
    // Until it is in its group, a start at the end is not settled.
    return this.#reachable && this.#joined ? records : Math.max(1, records);
  }

  /** Shares one look among all who ask while it is under way; who asks after its start gets the next. */
  async look(): Promise<void> {
    if (!this.settings.enabled) return;
    await this.#looking;
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    await this.#looking;
  }

  start(): void {
    if (!this.settings.enabled) return;
    this.#member.start();
    this.#watching = this.#watch();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#lanes.stop();
  }

  /** Sends its place to the brokers and leaves the group, so that the next start need not wait for it. */
  async saveProgress(): Promise<void> {
    await this.#commits.close();
    await Promise.all([this.#member.stop(), this.#watching]);
    if (this.#connected) await this.#admin.disconnect();
  }

  describe() {
    return describeKafka(this.settings, { lastResult: this.#last, modifiedMs: this.#modifiedMs });
  }

  #open(partition: number, from: number): PartitionLane {
    const { functions, limiter, backoffMs, ageOf, destination, progressed } = this.#host;
    const lane: PartitionLane = new PartitionLane({
      ...{ functions, limiter, backoffMs, ageOf, destination, partition, from },
      ...{ wants: this.#wants, settings: this.settings },
      tried: ({ failure }) => (this.#last = failure === undefined ? 'OK' : 'PROBLEM: Function call failed'),
      moved: () => {
        if (this.#lanes.get(partition) !== lane) return; // another member's by now
        this.#commits.set(partition, lane.done);
        progressed();
      },
      hasRoom: () => this.#member.resume(partition),
      say: (line) => this.#say(`partition ${partition}: ${line}`),
    });
    return lane;
  }

  async #assigned(partitions: readonly number[]): Promise<Map<number, number>> {
    const { topic, groupId, startAt } = this.settings;
    await this.#connect();
    const committed = await committedBy(this.#admin, groupId, topic);
    const bounds = await boundsOf(this.#admin, topic);
    const starting = await startingOffsets(this.#admin, topic, startAt, bounds);
    const from = await this.#lanes.give(
      partitions.map((partition) => ({
        partition,
        committed: committed.get(partition),
        starting: starting.get(partition) ?? 0,
        bounds: bounds.get(partition) ?? { low: 0, high: 0 },
      })),
    );
    for (const partition of bounds.keys()) if (!partitions.includes(partition)) this.#commits.forget(partition);
    this.#joined = true;
    // Where it begins stays where it begins, also when it is stopped before the first record came.
    for (const [partition, offset] of from) if (!committed.has(partition)) this.#commits.set(partition, offset);
    return from;
  }

  async #fetched({ partition, messages, from, next }: Fetched): Promise<'more' | 'full' | { from: number }> {
    const lane = this.#lanes.get(partition);
    if (!lane) return 'more';
    const records = messages.map((message) => new KafkaRecord(message));
    if (lane.accept(records, from, next)) return lane.full ? 'full' : 'more';
    const low = (await boundsOf(this.#admin, this.settings.topic)).get(partition)?.low ?? 0;
    if (low <= lane.expected) return { from: lane.expected };
    this.#say(`partition ${partition}: ${low - lane.expected} records expired before they were read`);
    lane.accept([], lane.expected, low);
    return { from: low };
  }

  /** The first answer that it waits for is that of the brokers' being there. */
  async #connect(): Promise<void> {
    this.#connected ??= this.#admin.connect();
    try {
      await this.#connected;
    } catch (error) {
      this.#connected = undefined;
      throw error;
    }
  }

  async #look(): Promise<void> {
    const { topic, groupId, startAt } = this.settings;
    try {
      await this.#connect();
      this.#bounds = await boundsOf(this.#admin, topic);
      if ([...this.#bounds.keys()].some((partition) => !this.#lanes.get(partition))) {
        this.#committed = await committedBy(this.#admin, groupId, topic);
        this.#starting = await startingOffsets(this.#admin, topic, startAt, this.#bounds);
      }
      this.#reachable = true;
    } catch {
      this.#reachable = false; // the member says what is wrong
    }
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stop;
    while ((await waitFor(undefined, lookEveryMs, signal)) !== 'stop') await this.look();
  }

  #say(what: string): void {
    this.#host.log(`event source ${this.settings.functionName} ${this.settings.topic}: ${what}`);
  }
}
