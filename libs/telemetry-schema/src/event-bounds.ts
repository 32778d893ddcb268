import type { Problem } from './parsed.ts';

/**
 * How deep an event may be nested, itself included. The contract's own events are flat; what they do not know is
 * dropped. Readers that parse by recursion give up somewhere between a hundred levels (protobuf) and a thousand
 * (Jackson, Python).
 */
export const maxEventDepth = 32;

/** How many keys an event may have, those of nested objects included. */
export const maxEventKeys = 1000;

const tooDeep: Problem = { field: '(event)', reason: `must be nested at most ${maxEventDepth} levels deep` };
const tooManyKeys: Problem = {
  field: '(event)',
  reason: `must have at most ${maxEventKeys} keys, those of nested objects included`,
};

/** What is wrong with the shape of a value, if anything, whatever is in it. Never recurses, so any value can be asked about. */
export const boundsProblem = (value: unknown): Problem | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  let keys = 0;
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > maxEventDepth) return tooDeep;
    const below: object[] = [];
    for (const one of level) {
      const isArray = Array.isArray(one);
      for (const name in one) {
        if (!isArray && (keys += 1) > maxEventKeys) return tooManyKeys;
        const inner = (one as Readonly<Record<string, unknown>>)[name];
        if (typeof inner === 'object' && inner !== null) below.push(inner);
      }
    }
    level = below;
  }
  return undefined;
};
