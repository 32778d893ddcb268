import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Sink, StillRefusedError } from '../send.ts';
import { oneEach } from './messages.ts';
import { sendInOrder } from './send-in-order.ts';

const events = (...keys: string[]) => keys.map((key, index) => ({ key, id: `${index}`, line: `${key}-${index}` }));
const place = { shard: 'events-0', sequence: '1' };
const patiently = { backoff: () => 0, wait: async () => undefined };

describe('sendInOrder', () => {
  it('keeps a call to its bytes, and lets a larger record go alone', async () => {
    const calls: number[] = [];
    const sink: Sink = async (records) => {
      calls.push(records.length);
      return records.map(() => place);
    };
    await sendInOrder(oneEach(events('a', 'a', 'a', 'a', 'a')), sink, { ...patiently, bytes: 80 });
    await sendInOrder(oneEach(events('a', 'a')), sink, { ...patiently, bytes: 1 });
    expect(calls).toEqual([2, 2, 1, 1, 1]);
  });

  it('gives up at the deadline and says what is on the topic and what is not', async () => {
    const takesOnlyA: Sink = async (records) => records.map(({ key }) => (key === 'a' ? place : undefined));
    const backoff = (attempt: number) => (attempt < 3 ? 0 : undefined);
    const gaveUp = await sendInOrder(oneEach(events('a', 'a', 'b')), takesOnlyA, { ...patiently, backoff }).catch(
      (error: unknown) => error,
    );
    expect(gaveUp).toBeInstanceOf(StillRefusedError);
    expect(gaveUp).toMatchObject({ sent: 2, refused: 1 });
  });

  it('delivers everything, in order per key, whichever partitions are refused', async () => {
    const drawn = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), pad: fc.nat(40) }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(drawn, fc.array(fc.boolean(), { minLength: 1, maxLength: 100 }), async (each, schedule) => {
        const sentIn = each.map(({ key, pad }, index) => ({ key, id: `${index}`, line: `${index}${'.'.repeat(pad)}` }));
        const topic = new Map<string, string[]>();
        let draw = 0;
        const refusing: Sink = async (records) => {
          // A key's partition takes all of its records of a call, or none.
          const taken = new Map<string, boolean>();
          for (const key of new Set(records.map((record) => record.key))) {
            taken.set(key, draw >= schedule.length * 3 || (schedule[draw % schedule.length] as boolean));
            draw += 1;
          }
          return records.map(({ key, data }) => {
            if (!taken.get(key)) return undefined;
            topic.set(key, [...(topic.get(key) ?? []), data.toString()]);
            return place;
          });
        };
        await sendInOrder(oneEach(sentIn), refusing, { ...patiently, bytes: 200 });
        const expected = Map.groupBy(sentIn, ({ key }) => key);
        expect(topic).toEqual(new Map([...expected].map(([key, of]) => [key, of.map(({ line }) => line)])));
      }),
      { numRuns: 200 },
    );
  });
});
