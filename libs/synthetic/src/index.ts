export { fixedClock, steadyClock, type Clock } from './clock.ts';
export { campaignId, customerId, titleId } from './ids.ts';
export { allowedQualities } from './universe/quality-rule.ts';
export { openUniverse, type Sizes, type Universe } from './universe/universe.ts';
export { addKeys, answerKey, type AnswerKey } from './viewing/answer-key.ts';
export { viewingEvents, type ViewingRange } from './viewing/events.ts';
export { eventsPerBlock, windowMs } from './viewing/limits.ts';
export { viewingLines, viewingNdjson } from './viewing/lines.ts';
export type { EventRange } from './viewing/range.ts';
