import type { DeviceType, EventType } from '@acme/telemetry-schema';
import { titleId } from '../ids.ts';
import type { Universe } from '../universe/universe.ts';
import { devices, eventTypes } from '../universe/vocabulary.ts';
import { type Block, complete, pause, resume, start, stop } from './block.ts';
import type { SessionPlan } from './session-plan.ts';

/** What exactly is in a range of events. Types and devices are all named, titles only where they have events. */
export interface AnswerKey {
  readonly events: number;
  readonly byType: Readonly<Record<EventType, number>>;
  readonly byDevice: Readonly<Record<DeviceType, number>>;
  readonly byTitle: Readonly<Record<string, number>>;
}

/** Counts events into an answer key. */
export class Tally {
  readonly #byType = new Float64Array(eventTypes.length);
  readonly #byDevice = new Float64Array(devices.length);
  readonly #byTitle: Float64Array;

  constructor(universe: Universe) {
    this.#byTitle = new Float64Array(universe.sizes.titles);
  }

  /** Counts every event of a block's sessions, none of which needs to be made. */
  addSessions(sessions: SessionPlan): void {
    for (let session = 0; session < sessions.count; session++) {
      const pauses = sessions.pauses[session]!;
      this.#byType[start]! += 1;
      this.#byType[pause]! += pauses;
      this.#byType[resume]! += pauses;
      this.#byType[sessions.completes[session] ? complete : stop]! += 1;
      this.#byDevice[sessions.device[session]!]! += 2 + 2 * pauses;
      this.#byTitle[sessions.title[session]!]! += 2 + 2 * pauses;
    }
  }

  /** Counts the event at one position of a block's time order. */
  addEvent({ timeline, session: sessionOf, type, sessions }: Block, position: number): void {
    const place = timeline[position]! & 255;
    const session = sessionOf[place]!;
    this.#byType[type[place]!]! += 1;
    this.#byDevice[sessions.device[session]!]! += 1;
    this.#byTitle[sessions.title[session]!]! += 1;
  }

  key(): AnswerKey {
    const byTitle: Record<string, number> = {};
    this.#byTitle.forEach((count, title) => {
      if (count > 0) byTitle[titleId(title)] = count;
    });
    return {
      events: this.#byType.reduce((sum, count) => sum + count),
      byType: named(eventTypes, this.#byType),
      byDevice: named(devices, this.#byDevice),
      byTitle,
    };
  }
}

/** Counts by the names at their places. */
export const named = <Name extends string>(names: readonly Name[], counts: Float64Array): Record<Name, number> =>
  Object.fromEntries(names.map((name, index) => [name, counts[index]!])) as Record<Name, number>;
