import { describe, expect, it } from '@jest/globals';
import { keepRunning } from './keep-running.ts';

/** A process that ends when it is told to, and cannot be started so many times. */
const aProcess = (failures = 0) => {
  let ended = Promise.withResolvers<string>();
  const did: string[] = [];
  let left = failures;
  const supervised = {
    name: 'Engine',
    exited: () => ended.promise,
    restart: async () => {
      did.push('start');
      if (left-- > 0) throw new Error('no room');
      ended = Promise.withResolvers();
    },
    close: async () => {
      did.push('close');
      ended.resolve('it was closed');
    },
    report: (line: string) => void did.push(line),
  };
  return { supervised, did, end: () => ended.resolve('it has ended') };
};
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('keepRunning', () => {
  it('starts a process again that has ended, tries until it starts, and says so once', async () => {
    const { supervised, did, end } = aProcess(2);
    const close = keepRunning(supervised);
    end();
    await until(() => did.filter((line) => line === 'start').length === 3);
    await close();
    expect(did).toEqual([
      'Engine: it has ended; it is started again, for as long as it takes',
      'start',
      'Engine: no room',
      'start',
      'start',
      'close',
      'close',
    ]);
  });

  it('starts none again that was closed, nor says anything of it', async () => {
    const { supervised, did } = aProcess();
    await keepRunning(supervised)();
    expect(did).toEqual(['close', 'close']);
  });

  it('is closed within a pause between two tries', async () => {
    const { supervised, did, end } = aProcess(100);
    const close = keepRunning(supervised);
    end();
    await until(() => did.filter((line) => line === 'start').length === 2);
    await close();
    const after = did.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(did).toHaveLength(after);
  });
});
