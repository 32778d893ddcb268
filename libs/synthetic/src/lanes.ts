/**
 * Where the numbers of each kind of run begin, so that the events of one seed never meet: steady traffic counts up from
 * 0 and stays below `scheduled`; a fresh range begins below 2^50; the batch data set has the rest.
 */
export const lanes = { scheduled: 2 ** 48, fresh: 2 ** 49, seeded: 2 ** 50 } as const;
