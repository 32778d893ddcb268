import { describe, expect, it } from '@jest/globals';
import { Limiter } from './limiter.ts';

describe('the limiter', () => {
  it('runs so many at a time per name, in the order they came, and goes on after a failure', async () => {
    const limiter = new Limiter((name) => (name === 'two' ? 2 : 1));
    const events: string[] = [];
    const task = (name: string, id: string, fails = false) =>
      limiter.run(name, async () => {
        events.push(`${id} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        events.push(`${id} ends`);
        if (fails) throw new Error(id);
      });
    const ended = await Promise.allSettled([
      task('two', 'a', true),
      task('two', 'b'),
      task('two', 'c'),
      task('one', 'x'),
    ]);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect(events.slice(0, 3)).toEqual(['a begins', 'b begins', 'x begins']);
    expect(events.indexOf('c begins')).toBeGreaterThan(events.indexOf('a ends'));
    expect(events).toHaveLength(8);
  });
});
