// The same as throughput.bench.ts on a real Kafka: one event a message, three groups of consumers.
//   node kafka-throughput.bench.ts [--events 500000]
import { parseArgs } from 'node:util';
import { measureThroughput } from './measure-throughput.ts';

const { values } = parseArgs({ options: { events: { type: 'string', default: '500000' } }, strict: false });
const name = 'the same on Kafka';
await measureThroughput(Math.min(500_000, Number(values.events)), { name, transport: 'kafka', atLeast: 15_000 });
process.exit();
