import type { ViewingColumns } from '@acme/synthetic';
import { type HandedOver, idRun } from './telemetry-columns.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;
const threeDigits = 36 ** 3;

/**
 * Writes those of a block's events that lie on a day behind the rows that are there.
 *
 * @param startMs when the day begins
 * @returns how many rows there are now
 */
export const fillColumns = (columns: HandedOver, rows: number, block: ViewingColumns, startMs: number): number => {
  let row = rows;
  for (let event = 0; event < block.count; event++) {
    const ms = block.atMs[event]! - startMs;
    if (ms < 0 || ms >= dayMs) continue;
    const number = block.number[event]! % idRun;
    columns.event_high.values[row] = number / threeDigits;
    columns.event_low.values[row] = number % threeDigits;
    const session = block.session[event]! % idRun;
    columns.session_high.values[row] = session / threeDigits;
    columns.session_low.values[row] = session % threeDigits;
    const minute = Math.floor(ms / minuteMs);
    const second = Math.floor((ms - minute * minuteMs) / 1000);
    columns.minute.values[row] = minute;
    columns.second.values[row] = second;
    columns.millisecond.values[row] = ms - minute * minuteMs - second * 1000;
    columns.customer.values[row] = block.customer[event]!;
    columns.title.values[row] = block.title[event]!;
    columns.type.values[row] = block.type[event]!;
    columns.title_type.values[row] = block.titleType[event]!;
    columns.device.values[row] = block.device[event]!;
    columns.quality.values[row] = block.quality[event]!;
    columns.watched.values[row] = block.watchedSeconds[event]!;
    columns.tenths.values[row] = block.completionTenths[event]!;
    row++;
  }
  return row;
};
