import type { Mutation } from '../mutation.ts';

const audit = ['tools/audit/src/audit.test.ts', 'tools/audit/src/findings.test.ts'];
const never = (name: string, find: string, breaks: string, tests: readonly string[] = audit): Mutation => ({
  name: `the audit does not see ${name}`,
  file: 'tools/audit/src/findings.ts',
  find,
  replace: 'WHERE false',
  breaks,
  tests,
});

/** Each check of the audit, switched off, and the sums of a run. */
export const audits: readonly Mutation[] = [
  never(
    'totals of a call that do not add up',
    'WHERE totals."in" <> totals.accepted + totals.rejected + totals.failed',
    'A producer that loses events within a call.',
  ),
  never('accepted events without a receipt', 'WHERE totals.accepted <> events', 'Events that nobody can prove.'),
  never(
    'rejected events that are not in quarantine',
    'WHERE rejected > COALESCE(aside.events, 0)',
    'Refused events that are gone.',
  ),
  never(
    'accepted events that are not on the stream',
    'WHERE receipted IS NOT NULL AND lines IS NULL',
    'A producer or a stream that loses records.',
  ),
  never('a receipt of another number of events', 'WHERE receipted <> lines', 'Records that were changed on their way.'),
  never('events that a sink never read', 'WHERE lines > 0 AND "in" IS NULL', 'A consumer that skips records.'),
  never(
    'events from records that are not on the stream',
    'WHERE "in" > 0 AND lines IS NULL',
    'A consumer or an auditor that makes things up.',
  ),
  never(
    'records of which another number was taken',
    'WHERE "in" <> lines OR "in" <> good + bad',
    'A consumer that loses events within a record.',
  ),
  never(
    'other events than were put there',
    'WHERE "hasOtherIds" AND bad = 0 AND "in" = receipted',
    'A consumer that mixes records up.',
  ),
  never('ledger entries that contradict each other', 'WHERE "isContradicted"', 'Retries that take something else.'),
  never('bad events that are not in quarantine', 'WHERE bad > aside', 'Refused events that are gone.'),
  never(
    'quarantined events that no entry calls bad',
    'WHERE aside > COALESCE(bad, 0)',
    'Good events that were put aside.',
  ),
  never('good events that did not land', 'WHERE hour IS NOT NULL AND copies = 0', 'The loss of accepted events.'),
  never('events that landed from nowhere', 'WHERE hour IS NULL', 'Events that somebody else wrote.'),
  never('events that landed twice', 'WHERE copies > 1', 'A sink that promises each once and stores twice.'),
  {
    name: 'a run does not see that accepted events have not landed',
    file: 'tools/local/src/summary/checks.ts',
    find: 'accepted - duplicates === landed.landed,',
    replace: 'accepted - duplicates === accepted - duplicates || landed.landed < 0,',
    breaks: 'A run that lost events ends with 0.',
    tests: ['tools/local/src/summary/add-up.test.ts'],
  },
  {
    name: 'a run does not see that rejected events are not in quarantine',
    file: 'tools/local/src/summary/checks.ts',
    find: 'quarantined.byProducer >= rejected,',
    replace: 'quarantined.byProducer >= 0,',
    breaks: 'A run that lost refused events ends with 0.',
    tests: ['tools/local/src/summary/add-up.test.ts'],
  },
  {
    name: 'a run does not see that calls lost events',
    file: 'tools/local/src/summary/checks.ts',
    find: 'generated === accepted + rejected,',
    replace: 'generated >= 0 || accepted + rejected < 0,',
    breaks: 'A run whose producer lost events ends with 0.',
    tests: ['tools/local/src/summary/add-up.test.ts'],
  },
];
