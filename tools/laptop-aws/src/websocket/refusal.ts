import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** A handshake that is not completed: the HTTP status that the client gets instead of 101. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Answers an upgrade request with a refusal and ends its connection. */
export const refuse = (socket: Duplex, { status, message }: Refusal): void => {
  const body = JSON.stringify({ message });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\nconnection: close\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(), // whether or not the client ends its side
  );
};
