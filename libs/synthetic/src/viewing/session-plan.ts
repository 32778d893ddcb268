import { Random } from '../random.ts';
import { qualitySlots, streamedQualities } from '../universe/quality-rule.ts';
import { purposes } from '../universe/purposes.ts';
import type { Universe } from '../universe/universe.ts';
import { devices } from '../universe/vocabulary.ts';
import { Weighted } from '../weighted.ts';
import { eventsPerBlock, sessionsPerBlock } from './limits.ts';

/** Who watches what and how it ends, for the sessions of one block: all that can be said without a time. */
export interface SessionPlan {
  count: number;
  readonly customer: Uint32Array;
  readonly title: Uint16Array;
  readonly device: Uint8Array;
  readonly quality: Uint8Array;
  readonly pauses: Uint8Array;
  /** 1 when the title is watched to its end, 0 when the viewer stops before. */
  readonly completes: Uint8Array;
}

export const emptyPlan = (): SessionPlan => ({
  count: 0,
  customer: new Uint32Array(sessionsPerBlock),
  title: new Uint16Array(sessionsPerBlock),
  device: new Uint8Array(sessionsPerBlock),
  quality: new Uint8Array(sessionsPerBlock),
  pauses: new Uint8Array(sessionsPerBlock),
  completes: new Uint8Array(sessionsPerBlock),
});

const deviceShares = new Weighted([45, 28, 17, 10]);
const pauseShares = new Weighted([45, 30, 17, 8]);
const completePercent = 40;

/** A title as the public picks it; one that is not to the customer's taste is put back once. */
const pickTitle = ({ customers, titles }: Universe, customer: number, random: Random): number => {
  const first = titles.byRank[titles.popularity.pick(random)]!;
  const liked = (customers.genres[customer]! >> titles.genre[first]!) & 1;
  return liked ? first : titles.byRank[titles.popularity.pick(random)]!;
};

/**
 * Fills the plan with the sessions of a block.
 *
 * A session with p pauses has 2 + 2p events, so the room that is left is even, and fewer pauses always make the last
 * session fit: no session is cut by the end of a block.
 */
export const planSessions = (universe: Universe, block: number, plan: SessionPlan): void => {
  const { watchers, tier } = universe.customers;
  const random = new Random(universe.seed, block, purposes.sessions);
  let count = 0;
  for (let room = eventsPerBlock; room > 0; count++) {
    const customer = watchers[random.below(watchers.length)]!;
    const device = deviceShares.pick(random);
    const slot = (tier[customer]! * devices.length + device) * qualitySlots + random.below(qualitySlots);
    const pauses = Math.min(pauseShares.pick(random), room / 2 - 1);
    plan.customer[count] = customer;
    plan.title[count] = pickTitle(universe, customer, random);
    plan.device[count] = device;
    plan.quality[count] = streamedQualities[slot]!;
    plan.pauses[count] = pauses;
    plan.completes[count] = random.below(100) < completePercent ? 1 : 0;
    room -= 2 + 2 * pauses;
  }
  plan.count = count;
};
