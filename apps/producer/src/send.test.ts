import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Keyed, pack } from './pack.ts';
import { type Place, send, type Sink, StillRefusedError } from './send.ts';

const events = (...keys: string[]): Keyed[] =>
  keys.map((key, index) => ({ key, id: `${index}`, line: `${key}-${index}` }));
const place: Place = { shard: 'shardId-0', sequence: '1' };
const patiently = { backoff: () => 0, wait: async () => undefined };

describe('send', () => {
  it('sends again only what was refused', async () => {
    const calls: string[][] = [];
    const refuseFirstOnce: Sink = async (records) => {
      calls.push(records.map(({ key }) => key));
      return records.map((_, index) => (calls.length > 1 || index > 0 ? place : undefined));
    };
    await send(pack(events('a', 'b', 'c')), refuseFirstOnce, patiently);
    expect(calls).toEqual([['a', 'b', 'c'], ['a']]);
  });

  it('keeps to the limits of a call, in records and in bytes', async () => {
    const calls: number[] = [];
    const sink: Sink = async (records) => {
      calls.push(records.length);
      return records.map(() => place);
    };
    await send(pack(events('a', 'b', 'c', 'd', 'e')), sink, { ...patiently, limits: { records: 2, bytes: 1000 } });
    expect(calls.splice(0)).toEqual([2, 2, 1]);
    await send(pack(events('a', 'b', 'c')), sink, { ...patiently, limits: { records: 500, bytes: 11 } });
    expect(calls).toEqual([2, 1]);
  });

  it('gives up at the deadline and says what is on the stream and what is not', async () => {
    const takesOnlyA: Sink = async (records) => records.map(({ key }) => (key === 'a' ? place : undefined));
    const backoff = (attempt: number) => (attempt < 3 ? 0 : undefined);
    const gaveUp = await send(pack(events('a', 'a', 'b')), takesOnlyA, { ...patiently, backoff }).catch(
      (error: unknown) => error,
    );
    expect(gaveUp).toBeInstanceOf(StillRefusedError);
    expect(gaveUp).toMatchObject({ sent: 2, refused: 1 });
  });

  it('delivers everything, in order per key, no key twice in a call, whatever is refused', async () => {
    const lines = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), pad: fc.nat(40) }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(lines, fc.array(fc.boolean(), { minLength: 1, maxLength: 200 }), async (drawn, schedule) => {
        const sentIn = drawn.map(({ key, pad }, index) => ({
          key,
          id: `${index}`,
          line: `${index}${'.'.repeat(pad)}`,
        }));
        const stream = new Map<string, string[]>();
        let draw = 0;
        const refusing: Sink = async (records) => {
          expect(new Set(records.map(({ key }) => key)).size).toBe(records.length);
          return records.map(({ key, data }) => {
            const taken = draw >= schedule.length * 3 || (schedule[draw % schedule.length] as boolean);
            draw += 1;
            if (taken) stream.set(key, [...(stream.get(key) ?? []), ...data.toString().trimEnd().split('\n')]);
            return taken ? place : undefined;
          });
        };
        await send(pack(sentIn, 50), refusing, { ...patiently, limits: { records: 3, bytes: 120 } });
        const expected = Map.groupBy(sentIn, ({ key }) => key);
        expect(stream).toEqual(new Map([...expected].map(([key, of]) => [key, of.map(({ line }) => line)])));
      }),
      { numRuns: 200 },
    );
  });
});
