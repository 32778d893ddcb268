import { setTimeout as wait } from 'node:timers/promises';
import { isTransientOnKafka } from '@acme/lambda-kit/kafka';

/** How long brokers may take to know of a topic that was made, or to load what groups have committed. */
const patienceMs = 15_000;

/**
 * Does what may be refused while brokers start or a topic is new, until it is not. kafkajs gives some of it up at once
 * (`waitForLeaders`, a coordinator that is loading), although it knows that it would pass.
 */
export const patiently = async <Result>(ask: () => Promise<Result>): Promise<Result> => {
  for (const end = Date.now() + patienceMs; ; await wait(50)) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > end || !isTransientOnKafka(error)) throw error;
    }
  }
};
