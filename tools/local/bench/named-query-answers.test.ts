import { openUniverse, viewingEvents } from '@acme/synthetic';
import type { ViewingEvent } from '@acme/telemetry-schema';
import { describe, expect, it } from '@jest/globals';
import { isAnswer, streamingAnswers } from './named-query-answers.ts';
import { rawHours, rawRange } from './raw-events.ts';

const average = (events: readonly ViewingEvent[], of: 'watch_duration_seconds' | 'completion_percentage'): number =>
  events.reduce((sum, event) => sum + (event[of] ?? Number.NaN), 0) / events.length;

describe('the answers on raw events', () => {
  it('are what going through the events says', () => {
    const universe = openUniverse(1);
    const range = rawRange(5000);
    const events = viewingEvents(universe, range);
    const group = (name: (event: ViewingEvent) => string) =>
      [...Map.groupBy(events, name)].map(([key, group]): [string, ViewingEvent[]] => [key, group]);
    const queried: Record<string, (string | undefined)[][]> = {
      'Total events': [['5000']],
      'Events by type': group((event) => event.event_type)
        .map(([type, { length }]) => [type, String(length)])
        .sort(([, one], [, other]) => Number(other) - Number(one)),
      'Events by date': group((event) => event.event_timestamp.slice(0, 10))
        .map(([date, { length }]) => [date, String(length)])
        .sort(([one = ''], [other = '']) => (one < other ? 1 : -1)),
      'Content engagement': group((event) => event.title_type).map(([type, group]) => [
        type,
        String(average(group, 'watch_duration_seconds')),
        String(average(group, 'completion_percentage')),
      ]),
    };

    const answers = streamingAnswers(universe, range);
    expect(Object.keys(answers)).toEqual(Object.keys(queried));
    expect(Object.entries(answers).filter(([name, wanted]) => !isAnswer(queried[name] ?? [], wanted))).toEqual([]);
  });

  it('of the hours together are those of all', () => {
    const hours = Array.from({ length: rawHours }, (_, hour) => rawRange(5003, hour));
    expect(hours.reduce((from, range) => (range.from === from ? from + range.count : Number.NaN), 0)).toBe(5003);
  });
});

describe('isAnswer', () => {
  const wanted = { needs: {}, rows: [['tv', 3, 1 / 3] as const, ['web', 2, 0.5] as const] };
  const tv = ['tv', '3', '0.33333333333333337'];
  const web = ['web', '2', '0.5'];

  it('takes rows in any order, averages to their last digits', () => {
    expect(isAnswer([web, tv], wanted)).toBe(true);
  });

  it.each([
    ['a missing row', [tv]],
    ['a row too many', [tv, web, ['mobile', '1', '1']]],
    ['a row twice', [tv, web, web]],
    ['another figure', [tv, ['web', '3', '0.5']]],
    ['NULL for a figure', [tv, ['web', '2', undefined]]],
    ['a figure too few', [tv, ['web', '2']]],
  ])('refuses %s', (_, answer) => {
    expect(isAnswer(answer, wanted)).toBe(false);
  });

  it('refuses another order where there is one', () => {
    expect([
      isAnswer([tv, web], { ...wanted, orderedBy: 1 }),
      isAnswer([web, tv], { ...wanted, orderedBy: 1 }),
    ]).toEqual([true, false]);
  });
});
