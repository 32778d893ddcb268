import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { jitteredBackoff, log, readEnv } from '@acme/lambda-kit';
import { openUniverse, type Universe } from '@acme/synthetic';
import { Env } from './env.ts';
import { generate, type Generated } from './generate.ts';
import { lambdaProducer } from './lambda-producer.ts';
import { Order, rangeOf } from './order.ts';
import { patiently } from './patiently.ts';

const env = readEnv(Env);
const produce = patiently(
  lambdaProducer(env.PRODUCER_ARN),
  () => jitteredBackoff(Date.now() + env.PATIENCE_SECONDS * 1000),
  wait,
);
const events = { viewing: env.EVENTS, clickstream: env.CLICKSTREAM_EVENTS };
const universes = new Map<number, Universe>();

/** Makes a range of events (see Order) and sends it through the producer. */
export const handler = async (input: unknown): Promise<Generated> => {
  const startedMs = Date.now();
  const order = Order.parse(input ?? {});
  const range = rangeOf(order, { seed: env.SEED, events }, startedMs, () => randomInt(2 ** 32));
  const result = await generate(universe(range.seed), range, produce);
  log.info('run:done', { ...result, durationMs: Date.now() - startedMs });
  return result;
};

/** The universe of a seed; the last few are kept, because making one takes longer than using it. */
const universe = (seed: number): Universe => {
  const known = universes.get(seed);
  if (known) return known;
  if (universes.size >= 4) universes.clear();
  const opened = openUniverse(seed);
  universes.set(seed, opened);
  return opened;
};
