export { addClickstreamKeys, clickstreamKey, type ClickstreamKey } from './clickstream/answer-key.ts';
export { clickstreamEvents, type ClickstreamRange } from './clickstream/events.ts';
export { visitWindowMs } from './clickstream/limits.ts';
export { clickstreamBytes, clickstreamLines } from './clickstream/lines.ts';
export { fixedClock, steadyClock, type Clock } from './clock.ts';
export { dailyClock } from './daily-clock.ts';
export { type DataSet, dataSet, type DataSetOptions, eventsPerScale, rangeOfDay } from './data-set.ts';
export {
  addFaultyClickstreamKeys,
  addFaultyKeys,
  faultyAnswerKey,
  type FaultyAnswerKey,
  faultyClickstreamKey,
  type FaultyClickstreamKey,
} from './faults/answer-key.ts';
export { clickstreamFaults } from './faults/clickstream.ts';
export { type DialName, dials, type FaultDial, hostile, noFaults, someOfEach } from './faults/dial.ts';
export { faultOf } from './faults/draw.ts';
export { expectationOf, expectations, type Expectation, type FaultyNumbers } from './faults/expectation.ts';
export type { FaultFamily } from './faults/family.ts';
export { faultKinds, refusedKinds, type FaultKind, type RefusedKind } from './faults/event-faults.ts';
export { faultyEvents, faultyLines, type FaultyEvent, type FaultyRange } from './faults/lines.ts';
export { viewingFaults } from './faults/viewing.ts';
export { campaignId, clickstreamEventId, customerId, eventId, numberedIds, titleId } from './ids.ts';
export { lanes } from './lanes.ts';
export { adEvents, adTier } from './universe/advertisements.ts';
export { allowedQualities } from './universe/quality-rule.ts';
export { Random } from './random.ts';
export { openUniverse, type Sizes, type Universe } from './universe/universe.ts';
export * as vocabulary from './universe/vocabulary.ts';
export { addKeys, answerKey, type AnswerKey } from './viewing/answer-key.ts';
export { viewingColumns, type ViewingColumns } from './viewing/columns.ts';
export { viewingEvents, type ViewingRange } from './viewing/events.ts';
export { type DayAnswers, type LakeAnswers, lakeAnswers } from './viewing/lake-answers.ts';
export { eventsPerBlock, windowMs } from './viewing/limits.ts';
export { viewingBytes, viewingLines, viewingNdjson } from './viewing/lines.ts';
export type { EventRange } from './viewing/range.ts';
