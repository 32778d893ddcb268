import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AwsError } from '../aws/aws-error.ts';
import { account, arn } from '../aws/identity.ts';
import { syncFolder } from '../disk/promises.ts';
import { hashRanges, shardRouter } from './hash-range.ts';
import type { LogOptions } from './log/shard-log.ts';
import { putEntries, type MemberOf, type PutEntry, type PutResult } from './put.ts';
import { openShard, type Shard } from './shard.ts';
import { saveSettings, type StreamSettings } from './stream-settings.ts';

/** A Kinesis stream. */
export class Stream {
  readonly shards: readonly Shard[];
  readonly #dir: string;
  readonly #route: (partitionKey: string, explicit?: string) => number;
  #settings: StreamSettings;

  private constructor(dir: string, settings: StreamSettings, shards: readonly Shard[]) {
    this.#dir = dir;
    this.#settings = settings;
    this.shards = shards;
    this.#route = shardRouter(shards.map(({ hashKeys }) => hashKeys));
  }

  static async open(dir: string, settings: StreamSettings, options: LogOptions): Promise<Stream> {
    const ranges = hashRanges(settings.shards);
    const shards: Shard[] = [];
    for (const [number, range] of ranges.entries()) {
      shards.push(await openShard(dir, settings, number, range, options));
    }
    return new Stream(dir, settings, shards);
  }

  get name(): string {
    return this.#settings.name;
  }

  get arn(): string {
    return arn('kinesis', `stream/${this.name}`);
  }

  get settings(): StreamSettings {
    return this.#settings;
  }

  /** @throws AwsError ResourceNotFoundException */
  shard(id: string): Shard {
    const shard = this.shards.find((each) => each.id === id);
    if (shard) return shard;
    const message = `The shard does not exist in stream ${this.name} under account ${account}`;
    throw new AwsError('ResourceNotFoundException', message);
  }

  /** The shard that takes a record of these keys. */
  shardOf({ PartitionKey, ExplicitHashKey }: Pick<PutEntry, 'PartitionKey' | 'ExplicitHashKey'>): Shard {
    return this.shards[this.#route(PartitionKey, ExplicitHashKey)] as Shard;
  }

  /**
   * Puts records, in their order per shard; resolves when all of them are on disk as the fsync setting says.
   *
   * @param memberOf names an entry's data in errors; by default as PutRecords does
   * @throws AwsError when an entry or the request is too large; nothing has been put then
   */
  put(entries: readonly PutEntry[], memberOf?: MemberOf): Promise<PutResult[]> {
    return putEntries(entries, this.shards, this.#route, this.#settings.largestRecordKiB * 1024, memberOf);
  }

  async change(settings: Partial<StreamSettings>): Promise<void> {
    this.#settings = { ...this.#settings, ...settings };
    await saveSettings(this.#dir, this.#settings);
  }

  /**
   * Deletes what is older than the retention period and what no reader has asked to keep (see `Shard.keepFor`), whole
   * segments at a time: an hour late at most.
   */
  async trim(): Promise<void> {
    const beforeMs = Date.now() - this.#settings.retentionHours * 60 * 60 * 1000;
    for (const { log, neededFrom } of this.shards) await log.trim(beforeMs, neededFrom);
  }

  async close(): Promise<void> {
    await Promise.all(this.shards.map(({ log }) => log.close()));
  }

  /** Closes the stream and deletes all of it. */
  async remove(): Promise<void> {
    await this.close();
    await rm(join(this.#dir, 'stream.json'));
    await syncFolder(this.#dir); // before its records go: a power cut must not leave a stream without some of them
    await rm(this.#dir, { recursive: true });
    await syncFolder(dirname(this.#dir));
  }
}
