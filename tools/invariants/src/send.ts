import { setTimeout as wait } from 'node:timers/promises';
import type { Family } from '@acme/telemetry-schema';
import type { Lines } from './lines.ts';
import type { PutLines } from './put-lines.ts';
import type { Platform } from './platform.ts';
import { type Schedule, shuffled } from './schedule.ts';
import { streams } from './streams.ts';
import { inTexts } from './texts.ts';

/** One thing that is handed over; it rejects when it has failed, and is then done again. */
export type Step = (platform: Platform) => Promise<void>;

export interface Answered {
  generated: number;
  accepted: number;
  rejected: number;
}

const linesPerCall = 1_000;

/**
 * Everything of a family in its order: the generator's calls, and between them another producer's records.
 *
 * @param answered is added to at each answer
 */
export const stepsOf = (
  { traffic }: Schedule,
  family: Family,
  { calls, others }: Lines,
  { at, put, answered }: { readonly at: string; readonly put: PutLines; readonly answered: Answered },
): Step[] => {
  const { dial } = traffic[family];
  const share = Math.ceil(others.length / calls.length);
  return calls.flatMap(({ order }, call): Step[] => [
    async (platform) => {
      const answer = (await platform.invoke('acme-data-generator', { family, ...order, at, dial })) as Answered;
      for (const sum of ['generated', 'accepted', 'rejected'] as const) answered[sum] += answer[sum];
    },
    (platform) => put(platform, streams[family].name, others.slice(call * share, (call + 1) * share)),
  ]);
};

/** All of it once more, from first to last in another order, straight to the producer and onto the stream. */
export const replayOf = ({ seed }: Schedule, family: Family, { calls, others }: Lines, put: PutLines): Step[] => {
  const lines = shuffled(
    calls.flatMap((call) => call.lines),
    seed,
  );
  const steps: Step[] = [(platform) => put(platform, streams[family].name, shuffled(others, seed))];
  for (const events of inTexts(lines, linesPerCall))
    steps.push(async (platform) => void (await platform.invoke('acme-data-producer', { family, events })));
  return steps;
};

/**
 * Does the steps one after the other, each again and again until it has succeeded.
 *
 * @param done is told after each step; a step that failed because the platform has ended is the next one to do
 */
export const send = async (platform: Platform, steps: readonly Step[], done: () => void): Promise<void> => {
  for (const step of steps) {
    for (let restMs = 20; ; restMs = Math.min(restMs * 2, 1_000)) {
      try {
        await step(platform);
        done();
        break;
      } catch (error) {
        if (!platform.isRunning()) return;
        if (!isOfTheRun(error)) throw error;
        await wait(restMs);
      }
    }
  }
};

/** Faults and what they make functions do. A mistake of this program is none. */
const isOfTheRun = (error: unknown): boolean =>
  error instanceof Error && !(error instanceof TypeError || error instanceof RangeError);
