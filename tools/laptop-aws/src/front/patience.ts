import type { Server as HttpServer, ServerOptions } from 'node:http';
import { constants, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';

/** How long a server waits for its clients, and for how many: what is silent or slow must not hold what others need. */
export interface Patience {
  /** From the connection to the end of the first request's headers; likewise of each later request, from its start. */
  readonly headersMs: number;
  /** From a request's start to the end of its body. */
  readonly requestMs: number;
  /** Between two requests of HTTP/1.1. */
  readonly keepAliveMs: number;
  /** Without any request, for a session of HTTP/2 that has had one. */
  readonly sessionMs: number;
  /** How often connections of HTTP/1.1 are looked at. */
  readonly checkEveryMs: number;
  /** So many at a time; who comes then is turned away. */
  readonly connections: number;
}

/**
 * Everything is on one machine, so that headers take no time; the largest body, 256 MiB, takes seconds. Node's 5 s of
 * keep-alive would end connections that SDK clients keep in their pools. A laptop's functions, viewers and tools have a few
 * hundred connections at most.
 */
export const patience: Patience = {
  headersMs: 10_000,
  requestMs: 120_000,
  keepAliveMs: 60_000,
  sessionMs: 600_000,
  checkEveryMs: 2_000,
  connections: 2_000,
};

/** The same, as Node's HTTP server takes it. */
export const httpOptions = ({ headersMs, requestMs, keepAliveMs, checkEveryMs }: Patience): ServerOptions => ({
  headersTimeout: headersMs,
  requestTimeout: requestMs,
  keepAliveTimeout: keepAliveMs,
  connectionsCheckingInterval: checkEveryMs,
});

/** Node looks at a server's connections from its `listening` on; one that is given its connections never listens. */
export const lookAtConnections = (server: HttpServer): void => void server.emit('listening');

/** Ends a session of HTTP/2 that asks for nothing, and streams whose bodies do not come. */
export const endSilent = (session: ServerHttp2Session, { headersMs, requestMs, sessionMs }: Patience): void => {
  let open = 0;
  const first = setTimeout(() => session.destroy(), headersMs);
  session.once('close', () => clearTimeout(first));
  session.on('stream', (stream: ServerHttp2Stream) => {
    clearTimeout(first);
    open += 1;
    const whole = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), requestMs);
    if (stream.endAfterHeaders) clearTimeout(whole);
    stream.once('end', () => clearTimeout(whole));
    stream.once('close', () => {
      clearTimeout(whole);
      open -= 1;
    });
  });
  session.setTimeout(sessionMs, () => {
    if (open === 0) session.close();
  });
};
