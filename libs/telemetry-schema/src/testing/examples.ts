import { clickstreamExamples } from './clickstream-examples.ts';
import { aClickstreamEvent, aViewingEvent } from './event-builders.ts';
import { lineExamples } from './line-examples.ts';
import { rowExamples } from './row-examples.ts';
import { viewingExamples } from './viewing-examples.ts';

/** A good and a bad example of every rule. Events and lines are judged as arrived at `arrivedAtMs`. */
export const examples = {
  viewing: viewingExamples,
  viewingLines: lineExamples(aViewingEvent()),
  clickstream: clickstreamExamples,
  clickstreamLines: lineExamples(aClickstreamEvent('click')),
  rows: rowExamples,
} as const;
