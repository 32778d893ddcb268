import { customerId, numberedIds, titleId } from '../ids.ts';
import type { Universe } from '../universe/universe.ts';
import { devices, qualities, titleTypes } from '../universe/vocabulary.ts';
import { sessionsPerBlock } from './limits.ts';
import type { SessionPlan } from './session-plan.ts';

/** More bytes than a session's two texts take: 166. */
const room = 256;

/** The parts of a line that all events of a session share, encoded once per session. */
export class SessionTexts {
  /** From the customer's id to `watch_duration_seconds`, by session. */
  readonly beforeWatched: Buffer[] = [];
  /** The session's id and the end of the line, by session. */
  readonly afterPercent: Buffer[] = [];
  readonly #universe: Universe;
  readonly #sessionId: (number: number) => string;
  readonly #bytes = Buffer.allocUnsafe(sessionsPerBlock * room);

  constructor(universe: Universe) {
    this.#universe = universe;
    this.#sessionId = numberedIds('ss', universe.seed);
  }

  /** Encodes the sessions of a block; the texts of the block before are gone. */
  encode(block: number, sessions: SessionPlan): void {
    const { titles } = this.#universe;
    for (let session = 0; session < sessions.count; session++) {
      const title = sessions.title[session]!;
      const before =
        `${customerId(sessions.customer[session]!)}","title_id":"${titleId(title)}` +
        `","title_type":"${titleTypes[titles.type[title]!]!}","device_type":"${devices[sessions.device[session]!]!}` +
        `","quality":"${qualities[sessions.quality[session]!]!}","watch_duration_seconds":`;
      const after = `,"session_id":"${this.#sessionId(block * sessionsPerBlock + session)}"}\n`;
      const start = session * room;
      const middle = start + this.#bytes.write(before, start, 'latin1');
      const end = middle + this.#bytes.write(after, middle, 'latin1');
      this.beforeWatched[session] = this.#bytes.subarray(start, middle);
      this.afterPercent[session] = this.#bytes.subarray(middle, end);
    }
  }
}
