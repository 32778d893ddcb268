import type { Server as HttpServer } from 'node:http';
import type { Http2Server } from 'node:http2';
import type { Socket } from 'node:net';

/** How the first line of HTTP/2 with prior knowledge begins (RFC 9113, 3.4); no HTTP/1.1 method does. */
const prefaceStart = 'PRI';

/**
 * Hands a new connection to the server that speaks what its first bytes say.
 *
 * @param patienceMs how long the first bytes may take; the connection is cut then
 */
export const handToEither = (socket: Socket, http: HttpServer, http2: Http2Server, patienceMs: number): void => {
  const silent = setTimeout(() => socket.destroy(), patienceMs);
  socket.once('close', () => clearTimeout(silent));
  let head: Buffer = Buffer.alloc(0);
  const look = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    head = Buffer.concat([head, chunk]);
    // One byte of it could still be POST or PUT.
    if (head.length < prefaceStart.length) return;
    clearTimeout(silent);
    socket.off('readable', look);
    socket.unshift(head);
    const server = head.toString('latin1', 0, prefaceStart.length) === prefaceStart ? http2 : http;
    server.emit('connection', socket);
  };
  socket.on('readable', look);
};
