import { describe, expect, it } from '@jest/globals';
import { engineList } from './engine.ts';

const said: string[] = [];
const say = (what: string) => async (): Promise<void> => void said.push(what);

describe('engines', () => {
  it('start in their order, and drain and close in reverse', async () => {
    said.length = 0;
    const engines = engineList();
    engines.add({ start: say('start store'), drain: say('drain store'), close: say('close store') });
    engines.add({});
    engines.add({ start: say('start reader'), drain: say('drain reader'), close: say('close reader') });
    await engines.start();
    await engines.drain();
    await engines.close();
    expect(said).toEqual(['start store', 'start reader', 'drain reader', 'drain store', 'close reader', 'close store']);
    await engines.close();
    expect(said).toHaveLength(6);
  });

  it('that fail to close keep no other from closing', async () => {
    said.length = 0;
    const engines = engineList();
    engines.add({ close: say('store') });
    engines.add({ close: () => Promise.reject(new Error('stuck')) });
    await expect(engines.close()).rejects.toThrow('stuck');
    expect(said).toEqual(['store']);
  });

  it('answer and build together', () => {
    const engines = engineList();
    const service = () => undefined;
    engines.add({ services: { sns: service, sqs: service } });
    engines.add({ services: { sts: service }, resourceKinds: (folder) => ({ [folder('x')]: {} as never }) });
    expect(Object.keys(engines.services())).toEqual(['sns', 'sqs', 'sts']);
    expect(Object.keys(engines.resourceKinds((key) => `AWS::${key}`))).toEqual(['AWS::x']);
  });
});
