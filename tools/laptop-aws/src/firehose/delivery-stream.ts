import { statSync } from 'node:fs';
import { AwsError } from '../aws/aws-error.ts';
import { makeFolderDurably } from '../disk/blocking.ts';
import type { Destination } from './destination.ts';
import { deliver, type Surroundings } from './deliver.ts';
import type { Frame } from './frames.ts';
import { Segment } from './segment.ts';

/** What a stream has accepted and S3 does not have yet. */
export interface Pending {
  readonly records: number;
  readonly sizeBytes: number;
}

interface WaitingPut {
  readonly frame: Frame;
  readonly accepted: () => void;
  readonly refused: (error: AwsError) => void;
}

/**
 * One delivery stream. A put is on the disk before it is accepted; a buffer goes to S3 when it is full or old enough,
 * read back from the disk, and its file goes when S3 has the object. So nothing waits in memory, and what a killed
 * process had accepted is delivered by the next one.
 */
export class DeliveryStream {
  readonly name: string;
  readonly destination: Destination;
  readonly createdAt: Date;
  readonly #folder: string;
  readonly #around: Surroundings;
  readonly #undelivered = new Set<Segment>();
  readonly #stopping = new AbortController();
  #puts: WaitingPut[] = [];
  #seals: (() => void)[] = [];
  #writing = false;
  #open: Segment | undefined;
  #callOffInterval: () => void = () => {};
  #deliveries: Promise<void> = Promise.resolve();

  private constructor(name: string, destination: Destination, folder: string, around: Surroundings) {
    makeFolderDurably(folder);
    this.name = name;
    this.destination = destination;
    this.createdAt = statSync(folder).birthtime;
    this.#folder = folder;
    this.#around = around;
  }

  /**
   * Opens a stream, and starts to deliver what an earlier process left in its folder.
   *
   * @throws DamagedLog when an acknowledged record is not whole
   */
  static async open(
    name: string,
    destination: Destination,
    folder: string,
    around: Surroundings,
  ): Promise<DeliveryStream> {
    const stream = new DeliveryStream(name, destination, folder, around);
    const left = await Segment.recover(folder, (file, wholeBytes) =>
      around.log(`firehose:log-torn ${JSON.stringify({ stream: name, file, wholeBytes })}`),
    );
    for (const segment of left) stream.#deliver(segment);
    return stream;
  }

  /** Accepts a put's records. @throws AwsError ServiceUnavailableException when the disk refuses; none was accepted */
  put(frame: Frame): Promise<void> {
    if (this.#stopping.signal.aborted) return Promise.reject(unavailable('the platform is stopping'));
    return new Promise((accepted, refused) => {
      this.#puts.push({ frame, accepted, refused });
      void this.#write();
    });
  }

  pending(): Pending {
    let [records, sizeBytes] = [0, 0];
    for (const segment of this.#undelivered) {
      records += segment.records;
      sizeBytes += segment.sizeBytes;
    }
    return { records, sizeBytes };
  }

  /** When the oldest record arrived that S3 does not have, milliseconds since 1970. */
  oldestMs(): number | undefined {
    const arrivals = [...this.#undelivered].map(({ arrival }) => arrival.getTime());
    return arrivals.length === 0 ? undefined : Math.min(...arrivals);
  }

  /** Delivers all that was put until now. Waits as long as S3 refuses it; `stop` ends the waiting. */
  async flush(): Promise<void> {
    await this.#seal();
    await this.#deliveries;
  }

  /** Ends when the object in delivery has arrived; the rest stays on the disk for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.flush();
  }

  /** Ends the open buffer once all that waits now is in it, and has it delivered. */
  #seal(): Promise<void> {
    return new Promise((sealed) => {
      this.#seals.push(sealed);
      void this.#write();
    });
  }

  /** One writer at a time: what arrives while it writes goes to the disk together, in its next write. */
  async #write(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    while (this.#puts.length > 0 || this.#seals.length > 0) {
      const [puts, seals] = [this.#puts.splice(0), this.#seals.splice(0)];
      const written = puts.length === 0 || (await this.#append(puts));
      if (!written || seals.length > 0 || this.#isFull()) this.#endBuffer();
      for (const sealed of seals) sealed();
    }
    this.#writing = false;
  }

  async #append(puts: readonly WaitingPut[]): Promise<boolean> {
    try {
      this.#open ??= await this.#startBuffer();
      await this.#open.append(puts.map(({ frame }) => frame));
    } catch (error) {
      const refusal = unavailable(`Firehose cannot write its log: ${(error as Error).message}`);
      for (const { refused } of puts) refused(refusal);
      return false;
    }
    for (const { accepted } of puts) accepted();
    return true;
  }

  async #startBuffer(): Promise<Segment> {
    const { clock } = this.#around;
    const segment = await Segment.create(this.#folder, clock.now());
    this.#undelivered.add(segment);
    this.#callOffInterval = clock.after(this.destination.intervalMs, () => void this.#seal());
    return segment;
  }

  #isFull(): boolean {
    const { bufferBytes, intervalMs } = this.destination;
    return this.#open !== undefined && (this.#open.sizeBytes >= bufferBytes || intervalMs === 0);
  }

  #endBuffer(): void {
    this.#callOffInterval();
    if (this.#open) this.#deliver(this.#open);
    this.#open = undefined;
  }

  /** One object at a time and in order, so that a laptop's cores are left to the others. */
  #deliver(segment: Segment): void {
    this.#undelivered.add(segment);
    this.#deliveries = this.#deliveries.then(async () => {
      const delivered = await deliver(segment, this.name, this.destination, this.#around, this.#stopping.signal);
      if (delivered) this.#undelivered.delete(segment);
    });
  }
}

/** SDK clients try again after this one. */
const unavailable = (message: string): AwsError => new AwsError('ServiceUnavailableException', message, 503);
