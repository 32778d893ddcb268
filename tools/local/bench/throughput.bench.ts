// Events per second from the producer's invocation to gz objects of the lake, counted back, on a platform as it starts.
//   node throughput.bench.ts [--events 1000000]
import { parseArgs } from 'node:util';
import { measureThroughput } from './measure-throughput.ts';

const { values } = parseArgs({ options: { events: { type: 'string', default: '1000000' } }, strict: false });
const name = 'laptop platform: producer invoke to gz objects, counted back';
await measureThroughput(Number(values.events), { name, transport: 'kinesis', atLeast: 30_000 });
process.exit();
