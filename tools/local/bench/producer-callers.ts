// A process of its own, as any client of the producer is: makes events and has the function take them, with so many calls
// on the way at a time. Says `ready`, waits for `go`, and answers with how many events were accepted.
import { fixedClock, openUniverse, viewingNdjson } from '@acme/synthetic';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { NodeHttpHandler } from '@smithy/node-http-handler';

export interface Load {
  readonly endpoint: string;
  readonly seed: number;
  /** The first event's place among those of the seed. */
  readonly from: number;
  readonly events: number;
  readonly perCall: number;
  readonly callers: number;
}

const load = JSON.parse(process.argv[2] as string) as Load;
const universe = openUniverse(load.seed);
const clock = fixedClock(Date.now());
const client = new LambdaClient({
  endpoint: load.endpoint,
  region: 'us-west-2',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  requestHandler: new NodeHttpHandler(),
});

let next = load.from;
const end = load.from + load.events;
let accepted = 0;
const caller = async (): Promise<void> => {
  while (next < end) {
    const from = next;
    const count = Math.min(load.perCall, end - from);
    next += count;
    const Payload = JSON.stringify(viewingNdjson(universe, { from, count, clock }));
    const answer = await client.send(new InvokeCommand({ FunctionName: 'acme-data-producer', Payload }));
    if (answer.FunctionError) throw new Error(`the producer failed: ${answer.Payload?.transformToString()}`);
    accepted += (JSON.parse(answer.Payload?.transformToString() ?? '{}') as { accepted: number }).accepted;
    process.send?.({ accepted });
  }
};

process.once('message', () => {
  void Promise.all(Array.from({ length: load.callers }, caller)).then(() => process.disconnect());
});
process.send?.('ready');
