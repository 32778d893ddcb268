import type { DeviceType, EventType } from '@acme/telemetry-schema';
import { titleId } from '../ids.ts';
import type { Universe } from '../universe/universe.ts';
import { devices, eventTypes } from '../universe/vocabulary.ts';
import { complete, emptyBlock, fillBlock, pause, resume, start, stop } from './block.ts';
import { eventsPerBlock } from './limits.ts';
import { checkedRange, eachBlock, type EventRange } from './range.ts';
import { planSessions } from './session-plan.ts';

/** What exactly is in a range of events. Types and devices are all named, titles only where they have events. */
export interface AnswerKey {
  readonly events: number;
  readonly byType: Readonly<Record<EventType, number>>;
  readonly byDevice: Readonly<Record<DeviceType, number>>;
  readonly byTitle: Readonly<Record<string, number>>;
}

/**
 * The exact counts of a range, for any clock. Blocks that lie wholly in the range are counted from their sessions,
 * without making an event.
 *
 * @throws RangeError when the range is out of bounds
 */
export const answerKey = (universe: Universe, range: EventRange): AnswerKey => {
  const block = emptyBlock();
  const { sessions } = block;
  const byType = new Float64Array(eventTypes.length);
  const byDevice = new Float64Array(devices.length);
  const byTitle = new Float64Array(universe.sizes.titles);

  const countSessions = (): void => {
    for (let session = 0; session < sessions.count; session++) {
      const pauses = sessions.pauses[session]!;
      byType[start]! += 1;
      byType[pause]! += pauses;
      byType[resume]! += pauses;
      byType[sessions.completes[session] ? complete : stop]! += 1;
      byDevice[sessions.device[session]!]! += 2 + 2 * pauses;
      byTitle[sessions.title[session]!]! += 2 + 2 * pauses;
    }
  };
  const countEvents = (first: number, end: number): void => {
    for (let position = first; position < end; position++) {
      const place = block.timeline[position]! & 255;
      const session = block.session[place]!;
      byType[block.type[place]!]! += 1;
      byDevice[sessions.device[session]!]! += 1;
      byTitle[sessions.title[session]!]! += 1;
    }
  };

  eachBlock(checkedRange(range), (number, first, end) => {
    if (end - first === eventsPerBlock) {
      planSessions(universe, number, sessions);
      countSessions();
    } else {
      fillBlock(universe, number, block);
      countEvents(first, end);
    }
  });

  const titles: Record<string, number> = {};
  byTitle.forEach((count, title) => {
    if (count > 0) titles[titleId(title)] = count;
  });
  return {
    events: range.count,
    byType: named(eventTypes, byType),
    byDevice: named(devices, byDevice),
    byTitle: titles,
  };
};

const named = <Name extends string>(names: readonly Name[], counts: Float64Array): Record<Name, number> =>
  Object.fromEntries(names.map((name, index) => [name, counts[index]!])) as Record<Name, number>;

/** The key of two ranges together. */
export const addKeys = (one: AnswerKey, other: AnswerKey): AnswerKey => ({
  events: one.events + other.events,
  byType: sum(one.byType, other.byType),
  byDevice: sum(one.byDevice, other.byDevice),
  byTitle: sum(one.byTitle, other.byTitle),
});

const sum = <Name extends string>(one: Readonly<Record<Name, number>>, other: Readonly<Record<Name, number>>) => {
  const total: Record<Name, number> = { ...one };
  for (const name of Object.keys(other) as Name[]) total[name] = (total[name] ?? 0) + other[name];
  return total;
};
