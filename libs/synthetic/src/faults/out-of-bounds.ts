import type { FaultMaker } from './fault.ts';

/** How deep an event may be nested and how many keys it may have; the schema's own would bring its parser along. */
const maxEventDepth = 32;
const maxEventKeys = 1000;

const withField = (line: string, name: string, json: string): string => `${line.slice(0, -1)},"${name}":${json}}`;

const brackets = [
  ['[', ']'],
  ['{"a":', '}'],
] as const;

/** A field that the contract does not know goes 32 to 16,384 levels deeper than the event. */
export const nestedTooDeep: FaultMaker = (random) => {
  const levels = maxEventDepth * 2 ** random.below(10);
  const [open, close] = brackets[random.below(brackets.length)]!;
  return {
    problem: { field: '(event)', reason: `must be nested at most ${maxEventDepth} levels deep` },
    rewrite: (line) => withField(line, 'nested', `${open.repeat(levels)}0${close.repeat(levels)}`),
  };
};

/** A field that the contract does not know has 1,000 to 1,500 keys. */
export const tooManyKeys: FaultMaker = (random) => {
  const keys = random.between(maxEventKeys, 1500);
  return {
    problem: {
      field: '(event)',
      reason: `must have at most ${maxEventKeys} keys, those of nested objects included`,
    },
    rewrite: (line) =>
      withField(line, 'extra', `{${Array.from({ length: keys }, (_, key) => `"k${key}":0`).join(',')}}`),
  };
};
