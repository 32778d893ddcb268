// Preloaded into a platform (node --import): its clock is off by CLOCK_JUMP_MS, as after a correction or a sleep. The
// threads of its functions keep the true time, so that the platform and its functions disagree too.
import { isMainThread } from 'node:worker_threads';

const jumpMs = Number(process.env.CLOCK_JUMP_MS ?? 0);
if (isMainThread && jumpMs !== 0) {
  const trueNow = Date.now;
  const now = () => trueNow() + jumpMs;
  globalThis.Date = new Proxy(Date, {
    construct: (date, given) => new date(...(given.length === 0 ? [now()] : given)),
    get: (date, name) => (name === 'now' ? now : Reflect.get(date, name)),
  });
}
