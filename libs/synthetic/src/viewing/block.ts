import { Random } from '../random.ts';
import { purposes } from '../universe/purposes.ts';
import type { Universe } from '../universe/universe.ts';
import { leastToComplete } from './completion.ts';
import { eventsPerBlock, longestPauseMinutes, windowMs } from './limits.ts';
import { emptyPlan, planSessions, type SessionPlan } from './session-plan.ts';

/** Positions in `eventTypes`. */
export const [start, pause, resume, stop, complete] = [0, 1, 2, 3, 4] as const;

/** One block's sessions and events. Events are in the order of their making; `timeline` puts them in time order. */
export interface Block {
  readonly sessions: SessionPlan;
  readonly session: Uint8Array;
  readonly type: Uint8Array;
  readonly watchedSeconds: Uint16Array;
  /** In time order: milliseconds into the window (24 bits), then the event's place in the columns above (8 bits). */
  readonly timeline: Uint32Array;
}

export const emptyBlock = (): Block => ({
  sessions: emptyPlan(),
  session: new Uint8Array(eventsPerBlock),
  type: new Uint8Array(eventsPerBlock),
  watchedSeconds: new Uint16Array(eventsPerBlock),
  timeline: new Uint32Array(eventsPerBlock),
});

const shortestPauseMs = 5_000;
const longestPauseMs = longestPauseMinutes * 60_000;
/** The smaller of two draws: short is common, long is rare. */
const mostlyShort = (random: Random, least: number, most: number): number =>
  Math.min(random.between(least, most), random.between(least, most));

/** Fills the block, whatever it held before, with the events of one block of the universe. */
export const fillBlock = (universe: Universe, number: number, block: Block): void => {
  const { sessions, timeline } = block;
  planSessions(universe, number, sessions);
  const random = new Random(universe.seed, number, purposes.times);
  let event = 0;
  for (let session = 0; session < sessions.count; session++) {
    const first = event;
    let atMs = 0;
    let watched = 0;
    const note = (type: number): void => {
      block.session[event] = session;
      block.type[event] = type;
      block.watchedSeconds[event] = watched;
      timeline[event] = atMs;
      event++;
    };
    const play = (seconds: number): void => {
      watched += seconds;
      atMs += seconds * 1000;
    };

    const pauses = sessions.pauses[session]!;
    const duration = universe.titles.minutes[sessions.title[session]!]! * 60;
    const nearlyAll = leastToComplete(duration);
    const toWatch = sessions.completes[session]
      ? random.between(nearlyAll, duration)
      : mostlyShort(random, pauses + 1, nearlyAll - 1);
    note(start);
    for (let left = pauses; left > 0; left--) {
      // A fair share on average, and at least a second for each of the parts to come.
      play(random.between(1, Math.floor((2 * (toWatch - watched)) / (left + 1)) - 1));
      note(pause);
      atMs += mostlyShort(random, shortestPauseMs, longestPauseMs);
      note(resume);
    }
    play(toWatch - watched);
    note(sessions.completes[session] ? complete : stop);

    const startMs = random.between(0, windowMs - atMs);
    for (let index = first; index < event; index++) timeline[index] = (startMs + timeline[index]!) * 256 + index;
  }
  timeline.sort();
};
