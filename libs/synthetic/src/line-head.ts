import { type IdPrefix, numberedIds } from './ids.ts';

const dayMs = 86_400_000;
const zero = 0x30;
const nine = 0x39;
const a = 0x61;
const z = 0x7a;

/** Writes a whole number from 0 to 99,999 in decimal digits and answers where it ends. */
export const writeNumber = (bytes: Uint8Array, at: number, value: number): number => {
  const end = at + (value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : value < 10_000 ? 4 : 5);
  let rest = value;
  for (let place = end - 1; place >= at; place--) {
    bytes[place] = zero + (rest % 10);
    rest = (rest / 10) | 0;
  }
  return end;
};

const writeTwoDigits = (bytes: Uint8Array, at: number, value: number): void => {
  bytes[at] = zero + ((value / 10) | 0);
  bytes[at + 1] = zero + (value % 10);
};

/** Counts one up in base 36, in place; `last` is where the last digit stands. */
const countUp = (bytes: Uint8Array, last: number): void => {
  let at = last;
  for (; bytes[at] === z; at--) bytes[at] = zero;
  bytes[at] = bytes[at] === nine ? a : bytes[at]! + 1;
};

/** How a family of events names its ids and its times. */
export interface HeadNames {
  readonly prefix: IdPrefix;
  readonly id: string;
  readonly time: string;
}

/**
 * The beginning of a line, up to and with the time: it has a fixed width, so one copy of it is kept and only what
 * changes from one event to the next is written over.
 */
export class LineHead {
  readonly bytes: Buffer;
  readonly #lastIdDigit: number;
  readonly #time: number;
  #day = 0;

  /** @param from the number of the first event */
  constructor(names: HeadNames, seed: number, from: number) {
    const id = `{"${names.id}":"${numberedIds(names.prefix, seed)(from)}`;
    const upToTime = `${id}","${names.time}":"`;
    this.bytes = Buffer.from(`${upToTime}1970-01-01T00:00:00.000Z`, 'latin1');
    this.#lastIdDigit = id.length - 1;
    this.#time = upToTime.length;
  }

  /** Goes on to the next event's number. */
  next(): void {
    countUp(this.bytes, this.#lastIdDigit);
  }

  /** Sets the time, in UTC milliseconds, as Date.toISOString writes it. */
  setTime(ms: number): void {
    const day = Math.floor(ms / dayMs);
    if (day !== this.#day) {
      this.#day = day;
      this.bytes.write(new Date(day * dayMs).toISOString().slice(0, 10), this.#time, 'latin1');
    }
    const inDay = ms - day * dayMs;
    const second = (inDay / 1000) | 0;
    const minute = (second / 60) | 0;
    const milli = inDay - second * 1000;
    const hour = (minute / 60) | 0;
    writeTwoDigits(this.bytes, this.#time + 11, hour);
    writeTwoDigits(this.bytes, this.#time + 14, minute - hour * 60);
    writeTwoDigits(this.bytes, this.#time + 17, second - minute * 60);
    const hundreds = (milli / 100) | 0;
    this.bytes[this.#time + 20] = zero + hundreds;
    writeTwoDigits(this.bytes, this.#time + 21, milli - hundreds * 100);
  }
}
