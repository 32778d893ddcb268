import { setTimeout as wait } from 'node:timers/promises';
import { type Dynoxide, startDynoxide } from './dynoxide.ts';

/** How long an engine must have run for its end to be an accident; one that ends at once would only end again. */
const briefMs = 2_000;

/**
 * dynoxide, started again when it ends by accident (killed, out of memory). What it acknowledged is on disk; requests in
 * between fail with a server error, which AWS clients retry. One that ends within two seconds stays ended.
 *
 * @param report told of each restart
 * @throws DynamoDbError when it does not start the first time
 */
export const keepDynoxideRunning = async (
  dir: string,
  report: (line: string) => void,
): Promise<Pick<Dynoxide, 'port' | 'stopped' | 'close'>> => {
  let engine = await startDynoxide(dir);
  let startedMs = Date.now();
  let closing = false;
  const watch = async (): Promise<void> => {
    for (;;) {
      await engine.exited;
      if (closing || Date.now() - startedMs < briefMs) return;
      report(`DynamoDB: ${engine.stopped()}; it is started again`);
      engine = await startDynoxide(dir);
      startedMs = Date.now();
    }
  };
  const watching = watch().catch((error: Error) => report(`DynamoDB: ${error.message}`));
  return {
    get port() {
      return engine.port;
    },
    stopped: () => engine.stopped(),
    close: async () => {
      closing = true;
      await engine.close();
      await Promise.race([watching, wait(1_000)]);
    },
  };
};
