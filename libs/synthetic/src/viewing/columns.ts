import type { Universe } from '../universe/universe.ts';
import { emptyBlock, fillBlock } from './block.ts';
import { completionTenths } from './completion.ts';
import type { ViewingRange } from './events.ts';
import { eventsPerBlock, sessionsPerBlock } from './limits.ts';
import { blocksOf, checkedRange } from './range.ts';
import { windowStart } from './window.ts';

/** Up to `eventsPerBlock` events as columns of numbers; words and ids are positions in their lists, from 0. */
export interface ViewingColumns {
  /** How many events the columns hold; what is behind them means nothing. */
  count: number;
  /** Of each event: its number, and its session's. */
  readonly number: Float64Array;
  readonly session: Float64Array;
  /** UTC milliseconds. */
  readonly atMs: Float64Array;
  readonly customer: Uint32Array;
  readonly title: Uint16Array;
  /** Positions in `vocabulary`. */
  readonly type: Uint8Array;
  readonly titleType: Uint8Array;
  readonly device: Uint8Array;
  readonly quality: Uint8Array;
  readonly watchedSeconds: Uint16Array;
  /** `completion_percentage` times ten. */
  readonly completionTenths: Uint16Array;
}

const emptyColumns = (): ViewingColumns => ({
  count: 0,
  number: new Float64Array(eventsPerBlock),
  session: new Float64Array(eventsPerBlock),
  atMs: new Float64Array(eventsPerBlock),
  customer: new Uint32Array(eventsPerBlock),
  title: new Uint16Array(eventsPerBlock),
  type: new Uint8Array(eventsPerBlock),
  titleType: new Uint8Array(eventsPerBlock),
  device: new Uint8Array(eventsPerBlock),
  quality: new Uint8Array(eventsPerBlock),
  watchedSeconds: new Uint16Array(eventsPerBlock),
  completionTenths: new Uint16Array(eventsPerBlock),
});

/**
 * The viewing events of a range as columns, block by block, in the order of `viewingEvents`: for whoever writes many
 * into a column store, or counts them. About six million events a second on one core.
 *
 * @yields the same columns each time, filled anew
 * @throws RangeError when the range or the clock's answer is out of bounds
 */
export function* viewingColumns(universe: Universe, range: ViewingRange): Generator<ViewingColumns, void, void> {
  const { titles } = universe;
  const block = emptyBlock();
  const { sessions } = block;
  const columns = emptyColumns();
  for (const [number, first, end] of blocksOf(checkedRange(range))) {
    fillBlock(universe, number, block);
    const startMs = windowStart(range.clock, number);
    for (let position = first; position < end; position++) {
      const row = position - first;
      const entry = block.timeline[position]!;
      const event = entry & 255;
      const session = block.session[event]!;
      const title = sessions.title[session]!;
      const watched = block.watchedSeconds[event]!;
      columns.number[row] = number * eventsPerBlock + position;
      columns.session[row] = number * sessionsPerBlock + session;
      columns.atMs[row] = startMs + (entry >>> 8);
      columns.customer[row] = sessions.customer[session]!;
      columns.title[row] = title;
      columns.type[row] = block.type[event]!;
      columns.titleType[row] = titles.type[title]!;
      columns.device[row] = sessions.device[session]!;
      columns.quality[row] = sessions.quality[session]!;
      columns.watchedSeconds[row] = watched;
      columns.completionTenths[row] = completionTenths(watched, titles.minutes[title]! * 60);
    }
    columns.count = end - first;
    yield columns;
  }
}
