import { outcomeOf } from '../event-source/outcome.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Payload } from '../lambda/stream-payload.ts';
import type { FaultSource } from './fault-source.ts';

/**
 * Functions as event source mappings see them, with `duplicate-delivery`: a batch that succeeded is delivered once more,
 * as after a checkpoint that was lost; what comes of the second time counts.
 */
export const deliveringTwice = <Some extends Pick<Functions, 'invoke'>>(functions: Some, faults: FaultSource): Some => {
  if (!faults.has('duplicate-delivery')) return functions;
  return {
    ...functions,
    invoke: async (name: string, payload: Payload) => {
      const invocation = await functions.invoke(name, payload);
      const succeeded = outcomeOf(invocation, [], true).failure === undefined;
      if (!succeeded || !faults.decide('duplicate-delivery')) return invocation;
      faults.struck('duplicate-delivery');
      return functions.invoke(name, payload);
    },
  };
};
