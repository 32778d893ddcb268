import { aViewingEvent } from './event-builders.ts';
import { fieldExamples, reasons, wholeExamples } from './example.ts';
import type { Example } from './example.ts';
import { accountIdExamples, idExamples, timeExamples } from './common-examples.ts';

const of = fieldExamples(aViewingEvent());
const nested = JSON.parse(`${'['.repeat(20)}${']'.repeat(20)}`);

/** Every rule of a viewing event. */
export const viewingExamples: readonly Example[] = [
  ...wholeExamples(aViewingEvent(), '(event)'),
  ...['event_id', 'title_id'].flatMap((field) => idExamples(of, field)),
  ...accountIdExamples(of, 'customer_id'),
  of('session_id', 'may be left out but not be wrong', undefined, 'a b', reasons.id),
  of('event_id', 'is not nested', 'event-1', nested, 'must be a string, not an array'),
  ...timeExamples(of, 'event_timestamp'),
  of('event_type', 'is there', 'stop', undefined, 'is missing'),
  of('event_type', 'is a known one', 'stop', 'rewind', 'must be one of start, pause, resume, stop, complete'),
  of('event_type', 'is lower case', 'start', 'START', 'must be one of start, pause, resume, stop, complete'),
  of('title_type', 'is a known one', 'series', 'podcast', 'must be one of movie, series, documentary'),
  of('device_type', 'is a known one', 'tablet', 'fridge', 'must be one of mobile, web, tv, tablet'),
  of('quality', 'is a known one', '4K', '8K', 'must be one of SD, HD, 4K'),
  of('watch_duration_seconds', 'is there', 0, undefined, 'is missing'),
  of('watch_duration_seconds', 'is not negative', 0, -1, 'must be at least 0'),
  of('watch_duration_seconds', 'is at most a day', 86400, 86401, 'must be at most 86400'),
  of('watch_duration_seconds', 'is within what a number can hold', 1, 1e300, 'must be at most 86400'),
  of('watch_duration_seconds', 'is whole', 1, 1.5, 'must be a whole number, not a fraction'),
  of('watch_duration_seconds', 'is a number', 1, 'NaN', 'must be a number, not a string'),
  of('completion_percentage', 'is there', 0, undefined, 'is missing'),
  of('completion_percentage', 'is not negative', 0, -0.1, 'must be at least 0'),
  of('completion_percentage', 'is at most 100', 100, 100.1, 'must be at most 100'),
  of('completion_percentage', 'is not null', 99.5, null, 'must be a number, not null'),
  of('completion_percentage', 'is a number', 99.5, '99.5', 'must be a number, not a string'),
  of('completion_percentage', 'is finite', 99.5, Infinity, 'must be a finite number'),
];
