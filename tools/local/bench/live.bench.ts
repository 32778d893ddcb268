import { measureLive } from './measure-live.ts';

await measureLive('kinesis');
process.exit();
