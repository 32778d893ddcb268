// Every stock client against a running platform; npm run test:clients runs this alone, and writes docs/clients.md.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { clientsOf, outdated, writeDocument } from './document.ts';
import { enginesOf } from './engines.ts';
import { surprises } from './not-passing.ts';
import { onKafka, onKinesis, type Ran } from './run-clients.ts';
import type { Report } from './report.ts';

const timeout = 3_000_000;
const all: Report[] = [];
let hasSkipped = false;

describe.each([
  [
    'Kinesis',
    onKinesis,
    [
      'boto3',
      'awswrangler',
      'pyathena',
      'sqlalchemy',
      'pyarrow',
      'polars',
      's3fs',
      'AWS SDK for Java',
      'KPL',
      'aws-sdk-go-v2',
      'KCL 3',
      'KCL 2',
    ],
  ],
  ['Kafka', onKafka, ['kafka-python', 'confluent-kafka', 'kcat']],
] as const)('a platform on %s', (_, run, clients) => {
  let ran: Ran;
  beforeAll(async () => {
    const isFull = process.env['CLIENTS_FULL'] === '1';
    ran = await run({ engines: enginesOf(process.env), isFull });
    all.push(...ran.reports);
    for (const line of ran.skipped) console.warn(`skipped ${line}`);
    hasSkipped ||= ran.skipped.length > 0;
  }, timeout);

  it.each(clients)('does for %s what docs/clients.md says', (client) => {
    const of = ran.reports.filter((report) => report.client === client);
    if (of.length === 0) expect(ran.skipped).toContainEqual(expect.stringContaining(`${client}: `));
    expect(surprises(of)).toEqual([]);
  });

  it('is met by no client that is not in the list', () => {
    expect(clientsOf(ran.reports).filter((client) => !(clients as readonly string[]).includes(client))).toEqual([]);
  });

  it('adds up when they have left, and passes the audit', () => {
    expect(ran.sums).toEqual([0, expect.stringContaining('adds up')]);
    expect(ran.audit).toEqual([0, expect.anything()]);
  });
});

describe('docs/clients.md', () => {
  it('is what this run would write', () => {
    if (process.env['CLIENTS_WRITE'] === '1') {
      if (hasSkipped) throw new Error('it is written only where every client has run');
      writeDocument(all);
    }
    expect(outdated(all)).toEqual([]);
  });
});
