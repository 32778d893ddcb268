import { measureLive } from './measure-live.ts';

await measureLive('kafka');
process.exit();
