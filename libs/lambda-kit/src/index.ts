export { type Backoff, jitteredBackoff } from './backoff.ts';
export { EnvError, type EnvOf, readEnv } from './env.ts';
export { log } from './log.ts';
export { passes } from './passes.ts';
export { quarantine, type Refused } from './quarantine.ts';
export { mintToken, tokenSeconds, verifyToken } from './socket-token.ts';
export { linesOf, rangeOf, rawLinesOf, recordsOf, type SourceRecord } from './source-record.ts';
export { streamHandler } from './stream-handler.ts';
