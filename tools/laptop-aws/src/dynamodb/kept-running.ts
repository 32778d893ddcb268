import { keepRunning } from '../supervision/keep-running.ts';
import { type Dynoxide, startDynoxide } from './dynoxide.ts';

/**
 * dynoxide, started again when it ends by accident (killed, out of memory, a full disk). What it acknowledged is on disk;
 * requests in between fail with a server error, which AWS clients retry.
 *
 * @param report told when it has ended, and once if it cannot be started
 * @throws DynamoDbError when it does not start the first time
 */
export const keepDynoxideRunning = async (
  dir: string,
  report: (line: string) => void,
): Promise<Pick<Dynoxide, 'place' | 'stopped' | 'close'>> => {
  let engine = await startDynoxide(dir);
  const close = keepRunning({
    name: 'DynamoDB',
    exited: async () => {
      await engine.exited;
      return engine.stopped() ?? 'it has ended';
    },
    restart: async () => {
      engine = await startDynoxide(dir);
    },
    close: () => engine.close(),
    report,
  });
  return {
    get place() {
      return engine.place;
    },
    stopped: () => engine.stopped(),
    close,
  };
};
