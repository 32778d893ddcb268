import { describe, expect, it } from '@jest/globals';
import { parseEmf } from './emf.ts';

const atMs = Date.UTC(2026, 10, 21, 17);
const line = (root: object, directives: unknown, Timestamp: unknown = atMs): string =>
  JSON.stringify({ _aws: { Timestamp, CloudWatchMetrics: directives }, ...root });

describe('parseEmf', () => {
  it('gives each metric once for every set of dimensions, with its values, unit and time', () => {
    const parsed = parseEmf(
      line({ Type: 'click', Device: 'mobile', Events: 3, Load: [1.5, 2] }, [
        {
          Namespace: 'Shop',
          Dimensions: [['Type', 'Device'], ['Type'], []],
          Metrics: [{ Name: 'Events', Unit: 'Count' }, { Name: 'Load' }],
        },
      ]),
    );
    const [type, device] = [
      { Name: 'Type', Value: 'click' },
      { Name: 'Device', Value: 'mobile' },
    ];
    const of = (name: string, values: number[], unit: string) =>
      [[type, device], [type], []].map((dimensions) => ({
        metric: { namespace: 'Shop', name, dimensions },
        values,
        unit,
        atMs,
      }));
    expect(parsed).toEqual({
      measured: [...of('Events', [3], 'Count'), ...of('Load', [1.5, 2], 'None')],
      problems: [],
    });
  });

  it('takes several namespaces from one line, and no dimensions at all', () => {
    const directive = (Namespace: string) => ({ Namespace, Dimensions: [], Metrics: [{ Name: 'Size' }] });
    const measured = (namespace: string) => ({
      metric: { namespace, name: 'Size', dimensions: [] },
      values: [7],
      unit: 'None',
      atMs,
    });
    expect(parseEmf(line({ Size: 7 }, [directive('One'), directive('Two')]))).toEqual({
      measured: [measured('One'), measured('Two')],
      problems: [],
    });
  });

  it('finds it behind what Lambda puts before a line of console.log', () => {
    const text = line({ Size: 7 }, [{ Namespace: 'One', Dimensions: [[]], Metrics: [{ Name: 'Size' }] }]);
    expect(parseEmf(`2026-11-21T17:00:00.000Z\t8a1f\tINFO\t${text}`)?.measured).toHaveLength(1);
  });

  it.each(['START RequestId: 1', '{"level":"INFO","message":"no metric"}', 'said "_aws" in passing', '{"_aws":1}'])(
    'leaves other lines alone: %s',
    (other) => expect(parseEmf(other)).toBeUndefined(),
  );

  const one = { Namespace: 'One', Dimensions: [[]], Metrics: [{ Name: 'Size' }] };
  it.each([
    ['the line is not JSON', '{"_aws": {"Timestamp": 1'],
    ['_aws.Timestamp is not milliseconds since 1970', line({ Size: 1 }, [one], '2026-11-21')],
    ['_aws.CloudWatchMetrics is not a list', line({ Size: 1 }, one)],
    ['Namespace is no name', line({ Size: 1 }, [{ ...one, Namespace: ' ' }])],
    ['Dimensions is not a list of lists', line({ Size: 1, Type: 'a' }, [{ ...one, Dimensions: ['Type'] }])],
    ['a dimension has no text as its value', line({ Size: 1, Type: 7 }, [{ ...one, Dimensions: [['Type']] }])],
    ['a dimension has no text as its value', line({ Size: 1 }, [{ ...one, Dimensions: [['Missing']] }])],
    [
      'a set has more than 30 dimensions',
      line({ Size: 1 }, [{ ...one, Dimensions: [Array.from({ length: 31 }, (_, n) => `d${n}`)] }]),
    ],
    [
      'Metrics is not a list of at most 100',
      line({ Size: 1 }, [{ ...one, Metrics: Array.from({ length: 101 }, () => ({ Name: 'Size' })) }]),
    ],
    ['a metric has no Name, or a Unit that is no text', line({ Size: 1 }, [{ ...one, Metrics: [{ Unit: 'Count' }] }])],
    [
      'the value of metric Size is no number, nor a list of 1 to 100 numbers',
      line({ Size: Array.from({ length: 101 }, () => 1) }, [one]),
    ],
    ['the value of metric Size is no number, nor a list of 1 to 100 numbers', line({ Size: 'many' }, [one])],
  ])('takes nothing where %s', (problem, text) => {
    expect(parseEmf(text)).toEqual({ measured: [], problems: [problem] });
  });

  it('takes the good sets and metrics of a line that has bad ones beside them', () => {
    const parsed = parseEmf(
      line({ Size: 1, Type: 'a' }, [
        { Namespace: 'One', Dimensions: [['Type'], ['Missing']], Metrics: [{ Name: 'Size' }, { Name: 'Absent' }] },
      ]),
    );
    expect(parsed?.measured.map(({ metric }) => metric)).toEqual([
      { namespace: 'One', name: 'Size', dimensions: [{ Name: 'Type', Value: 'a' }] },
    ]);
    expect(parsed?.problems).toHaveLength(2);
  });
});
