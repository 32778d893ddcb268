import { customerId } from '../ids.ts';
import type { FaultMaker } from './fault.ts';
import { withFields } from './rewrite.ts';

/** How many events later a copy may come, and how many an event may be overtaken by. */
export const furthestCopy = 63;
export const furthestBehind = 255;

/** The sender did not hear the answer and sent the line again: right behind itself or up to 63 events later. */
export const duplicate: FaultMaker = (random) => ({ againAfter: random.between(0, furthestCopy) });

/** The line is overtaken by the next 1 to 255 events. */
export const outOfOrder: FaultMaker = (random) => ({ laterBy: random.between(1, furthestBehind) });

/** The event is of the one customer to whom all such events go: the first, who watches in every universe. */
export const hotKey =
  (field: string): FaultMaker =>
  (_, { customers }) => {
    const customer = customerId(customers.watchers[0]!);
    return { rewrite: (line) => withFields(line, () => ({ [field]: customer })) };
  };
