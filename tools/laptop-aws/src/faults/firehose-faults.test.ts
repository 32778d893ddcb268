import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResourceKind } from '../assembly/resource-kind.ts';
import { DeliveryStreamName, handClock, template } from '../firehose/firehose.fixture.ts';
import { type Firehose, openFirehose } from '../firehose/firehose.ts';
import { firehoseResources } from '../firehose/resource.ts';
import { openS3 } from '../s3/s3.ts';
import { thrownBy, withFront } from './front.fixture.ts';
import type { FaultKind } from './fault-kinds.ts';
import { type Faults, openFaults } from './faults.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'faults-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const withFirehose = async (
  kind: FaultKind,
  run: (client: FirehoseClient, firehose: Firehose, faults: Faults) => Promise<void>,
): Promise<void> => {
  const faults = openFaults({ kinds: [kind], seed: 1, rates: { [kind]: 1 } });
  const s3 = await openS3({ dir });
  const firehose = openFirehose({ dir, s3, log: () => undefined, clock: handClock(0), around: faults.batches });
  const resource = firehoseResources(firehose)['AWS::KinesisFirehose::DeliveryStream'] as ResourceKind<unknown>;
  await resource.build(resource.properties.parse(template), { stack: 'S', logicalId: 'D', generatedName: 'S-D' });
  await withFront(faults.services({ firehose: firehose.service }), async (settings) => {
    const client = new FirehoseClient(settings);
    try {
      await run(client, firehose, faults);
    } finally {
      client.destroy();
      await firehose.stop();
    }
  });
};

const Records = Array.from({ length: 10 }, (_, index) => ({ Data: Buffer.from(`event ${index}\n`) }));
const put = (client: FirehoseClient) => client.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));

describe('firehose-partial', () => {
  it('takes some records of a batch and refuses the others as Firehose does', () =>
    withFirehose('firehose-partial', async (client, firehose, faults) => {
      const { FailedPutCount = 0, RequestResponses = [] } = await put(client);
      const refused = RequestResponses.filter(({ ErrorCode }) => ErrorCode !== undefined);
      expect(refused).toEqual(
        refused.map(() => ({ ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' })),
      );
      expect(FailedPutCount).toBe(refused.length);
      expect(FailedPutCount).toBeGreaterThan(0);
      const taken = RequestResponses.filter(({ RecordId }) => RecordId !== undefined);
      expect(taken.length).toBe(10 - FailedPutCount);
      expect(firehose.pending().records).toBe(taken.length);
      expect(faults.counts()).toEqual({ 'firehose-partial': 1 });
    }));
});

describe('firehose-error', () => {
  it(
    'fails a call before Firehose has the records, or loses the answer to one that it took',
    () =>
      withFirehose('firehose-error', async (client, firehose) => {
        const seen = new Set<string>();
        for (let each = 0; each < 30; each++) {
          const before = firehose.pending().records;
          const { name, status } = await thrownBy(put(client));
          seen.add(`${status ?? ''} ${name}, ${firehose.pending().records - before} taken`.trim());
        }
        expect([...seen].sort()).toEqual([
          '500 InternalFailure, 0 taken',
          '500 InternalFailure, 10 taken',
          '503 ServiceUnavailableException, 0 taken',
          '503 ServiceUnavailableException, 10 taken',
          'Error, 10 taken',
        ]);
      }),
    20_000,
  );
});
