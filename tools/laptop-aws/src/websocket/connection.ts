import type { WebSocket } from 'ws';
import type { Api, Stage } from './api.ts';

/** What an API knows of a client from its handshake. */
export interface Client {
  readonly connectionId: string;
  readonly api: Api;
  readonly stage: Stage;
  readonly connectedAtMs: number;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly host: string;
  /** What the authoriser gave: its context and `principalId`. */
  readonly authorizer?: Readonly<Record<string, unknown>>;
}

/** An open connection. */
export interface Connection {
  readonly client: Client;
  readonly socket: WebSocket;
  /** When a message last went either way. */
  lastActiveAtMs: number;
}
