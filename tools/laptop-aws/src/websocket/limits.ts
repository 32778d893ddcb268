/** API Gateway's WebSocket quotas (apigateway-execution-service-websocket-limits-table.html). */
export const limits = {
  frameBytes: 32 * 1024,
  messageBytes: 128 * 1024,
  connectionMs: 2 * 60 * 60 * 1000,
  idleMs: 10 * 60 * 1000,
} as const;

/** What may wait for a client that does not read. AWS does not say how much; it answers 429 then, as is done here. */
export const unreadBytes = 1024 * 1024;

/** Why a connection is closed (RFC 6455, 7.4.1). */
export const closing = {
  goingAway: 1001,
  unsupportedData: 1003,
  messageTooBig: 1009,
} as const;
