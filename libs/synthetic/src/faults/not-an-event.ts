import type { FaultMaker } from './fault.ts';

/** An event's id ends within this many characters, so a longer piece of its line still says which event it is. */
const idLength = 40;

/** The line is cut short, anywhere behind the id. */
export const notJson: FaultMaker = (random) => {
  const share = random.below(2 ** 16) / 2 ** 16;
  return {
    problem: { field: '(event)', reason: 'must be valid JSON' },
    rewrite: (line) => line.slice(0, idLength + Math.floor((line.length - idLength) * share)),
  };
};

const wrappings = [
  { reason: 'must be an object, not a string', rewrite: (line: string) => JSON.stringify(line) },
  { reason: 'must be an object, not an array', rewrite: (line: string) => `[${line}]` },
] as const;

/** The event is JSON within JSON, or sits in an array. */
export const notAnObject: FaultMaker = (random) => {
  const { reason, rewrite } = wrappings[random.below(wrappings.length)]!;
  return { problem: { field: '(event)', reason }, rewrite };
};

/** The largest event that the contract takes, in bytes; the schema's own would bring its parser along. */
export const maxEventBytes = 256 * 1024;

const padding = 'x'.repeat(maxEventBytes + 8192);
const paddingField = ',"padding":""';

/** The event carries a field that makes it 1 to 8,192 bytes longer than an event may be. */
export const oversize: FaultMaker = (random) => {
  const bytes = maxEventBytes + random.between(1, 8192);
  return {
    problem: { field: '(event)', reason: `must be at most ${maxEventBytes} bytes long` },
    rewrite: (line) => {
      const text = padding.slice(0, bytes - line.length - paddingField.length);
      return `${line.slice(0, -1)},"padding":"${text}"}`;
    },
  };
};
