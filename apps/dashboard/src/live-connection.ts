import { waitMs } from './reconnect.ts';
import type { Session } from './session.ts';
import { type ClicksFrame, type EventsFrame, type Filter, readMessage } from '@acme/live-frame';

/** How the connection stands. `address`: a person must paste one. */
export type Status =
  | { readonly is: 'connecting' }
  | { readonly is: 'live' }
  | { readonly is: 'waiting'; readonly retryAtMs: number }
  | { readonly is: 'address'; readonly ended: boolean };

export interface Listener {
  status(status: Status): void;
  frame(frame: EventsFrame): void;
  clicks(frame: ClicksFrame): void;
  filtered(filter: Filter): void;
  problem(reason: string): void;
}

export interface LiveConnection {
  /** Tries now, instead of waiting; does nothing when it is live. */
  retry(): void;
  /** Connects to an address that was pasted. */
  open(url: string): void;
  /** Asks for another filter; it holds for later connections, too. */
  subscribe(filter: Filter): void;
}

/** A connection that comes back by itself, each time with a new session. */
export const liveConnection = (newSession: () => Promise<Session>, listener: Listener): LiveConnection => {
  let socket: WebSocket | undefined;
  let timer: number | undefined;
  let failures = 0;
  let filter: Filter = {};
  // Frames that come before the server has answered the last filter are still of the one before.
  let unanswered = 0;

  const ask = (): void => {
    unanswered += 1;
    socket?.send(JSON.stringify({ action: 'subscribe', filter }));
  };

  const wait = (): void => {
    failures += 1;
    const ms = waitMs(failures);
    listener.status({ is: 'waiting', retryAtMs: Date.now() + ms });
    timer = window.setTimeout(() => void connect(), ms);
  };

  const open = (url: string, onEnd: () => void): void => {
    const opening = new WebSocket(url);
    socket = opening;
    unanswered = 0;
    opening.onopen = () => {
      failures = 0;
      if (Object.keys(filter).length > 0) ask();
      listener.status({ is: 'live' });
    };
    opening.onclose = () => {
      socket = undefined;
      onEnd();
    };
    opening.onmessage = ({ data }: MessageEvent<string>) => {
      const message = readMessage(data);
      if (message.kind === 'events') {
        if (unanswered === 0) listener.frame(message);
        return;
      }
      if (message.kind === 'clicks') {
        if (unanswered === 0) listener.clicks(message);
        return;
      }
      unanswered = Math.max(0, unanswered - 1);
      if (message.kind === 'subscribed') listener.filtered(message.filter);
      else listener.problem(message.reason);
    };
  };

  const connect = async (): Promise<void> => {
    window.clearTimeout(timer);
    listener.status({ is: 'connecting' });
    try {
      const session = await newSession();
      if (session === 'none') listener.status({ is: 'address', ended: false });
      else open(session.url, wait);
    } catch {
      wait(); // the status says that the server does not answer
    }
  };

  void connect();
  return {
    retry: () => {
      if (!socket) void connect();
    },
    open: (url) => {
      listener.status({ is: 'connecting' });
      open(url, () => listener.status({ is: 'address', ended: true }));
    },
    subscribe: (next) => {
      filter = next;
      if (socket?.readyState === WebSocket.OPEN) ask();
    },
  };
};
