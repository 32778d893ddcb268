import type { Status } from '../live-connection.ts';
import { byId, say } from './element.ts';

const words: Readonly<Record<Status['is'], string>> = {
  connecting: 'Connecting',
  live: 'Live',
  waiting: 'Reconnecting',
  address: 'Not connected',
};

/** The state of the connection, in the header and, when something is to be done, in a banner. */
export const statusView = (): { show(status: Status): void; tick(nowMs: number): void } => {
  const [status, waiting, address] = [byId('status'), byId('waiting'), byId('address')];
  const [nextTry, ended] = [byId('next-try'), byId('address-ended')];
  let retryAtMs: number | undefined;
  return {
    show: (now) => {
      status.dataset['is'] = now.is;
      say(status, words[now.is]);
      retryAtMs = now.is === 'waiting' ? now.retryAtMs : undefined;
      // While it tries again the banner stays, so that the page does not jump.
      if (now.is !== 'connecting') waiting.hidden = now.is !== 'waiting';
      address.hidden = now.is !== 'address';
      if (now.is === 'address') ended.hidden = !now.ended;
    },
    tick: (nowMs) => {
      if (waiting.hidden) return;
      const seconds = retryAtMs === undefined ? 0 : Math.ceil((retryAtMs - nowMs) / 1000);
      say(nextTry, seconds > 0 ? `Next try in ${seconds} s.` : 'Trying now…');
    },
  };
};
