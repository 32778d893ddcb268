import { eventsPerBlock } from '../viewing/limits.ts';

/** A visit has at least its landing. */
export const visitsPerBlock = eventsPerBlock;

/** Events of one visit, at most. */
export const longestVisit = 28;

export const longestGapMs = 60_000;

/** The span of time that holds any whole visit, and so all clickstream events of a block: 28 minutes. */
export const visitWindowMs = longestVisit * longestGapMs;
