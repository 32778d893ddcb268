import { frameArrivalMs, frameLength, isFrame } from './frame.ts';
import { DamagedLog } from '../../disk/damaged-log.ts';

/** A place in a segment from which its frames can be walked. */
export interface Mark {
  readonly index: number;
  readonly offset: number;
  readonly arrivalMs: number;
}

/** How far apart the marks of a segment are: what a reader skips at most to reach its record. */
export const markBytes = 128 * 1024;

/** One file of a shard's log: the records of one boot from `firstIndex` on. */
export class Segment {
  readonly file: string;
  readonly epoch: number;
  readonly firstIndex: number;
  count = 0;
  bytes = 0;
  lastArrivalMs = 0;
  readonly marks: Mark[] = [];

  constructor(file: string, epoch: number, firstIndex: number) {
    this.file = file;
    this.epoch = epoch;
    this.firstIndex = firstIndex;
  }

  /** The index behind its last record. */
  get end(): number {
    return this.firstIndex + this.count;
  }

  get firstArrivalMs(): number {
    return this.marks[0]?.arrivalMs ?? this.lastArrivalMs;
  }

  /** Remembers the frame that stands at `offset`, marking it when the last mark is far enough. */
  note(index: number, offset: number, arrivalMs: number): void {
    const last = this.marks.at(-1);
    if (!last || offset - last.offset >= markBytes) this.marks.push({ index, offset, arrivalMs });
  }

  /** Drops the marks of frames that were not written after all. */
  forgetFrom(offset: number): void {
    while ((this.marks.at(-1)?.offset ?? -1) >= offset) this.marks.pop();
  }

  /** The last mark that satisfies a condition which holds for the first marks and not for later ones. */
  markBefore(holds: (mark: Mark) => boolean): Mark {
    let low = 0;
    for (let high = this.marks.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (holds(this.marks[middle] as Mark)) low = middle;
      else high = middle;
    }
    return this.marks[low] ?? { index: this.firstIndex, offset: 0, arrivalMs: this.lastArrivalMs };
  }

  /** Takes in the frames that a file holds from its start, up to the first that is not whole; returns where that is. */
  takeFrames(bytes: Buffer): number {
    let at = 0;
    for (; at < bytes.length && isFrame(bytes, at); at += frameLength(bytes, at)) {
      this.lastArrivalMs = frameArrivalMs(bytes, at);
      this.note(this.end, at, this.lastArrivalMs);
      this.count++;
    }
    this.bytes = at;
    return at;
  }

  /** The error of a frame that should be whole and is not. */
  damagedAt(offset: number): DamagedLog {
    return new DamagedLog("the stream's log", this.file, offset);
  }
}
