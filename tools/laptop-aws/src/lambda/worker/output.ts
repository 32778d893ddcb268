import { formatWithOptions } from 'node:util';
import type { LogLevel } from '../invocation-log.ts';
import type { Boot, FromThread } from './protocol.ts';

const severities: readonly LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const levels = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const;

/** The request that is running, or undefined while the code is imported. */
export type CurrentRequest = () => string | undefined;

/**
 * Sends console, stdout and stderr of this thread to the platform, each write at once: a thread that is stopped in
 * mid-air has then lost nothing, which the `stdout: true` of worker threads cannot promise.
 */
export const redirectOutput = (boot: Boot, requestId: CurrentRequest, tell: (message: FromThread) => void): void => {
  for (const stream of [process.stdout, process.stderr]) stream.write = writer(tell);
  const least = boot.logFormat === 'JSON' ? severities.indexOf(boot.logLevel) : 0;
  for (const [method, level] of Object.entries(levels)) {
    console[method as keyof typeof levels] = (...values: unknown[]) => {
      if (severities.indexOf(level) < least) return;
      const message = formatWithOptions({ colors: false }, ...values);
      tell({ kind: 'line', text: framed(boot.logFormat, level, requestId(), message) });
    };
  }
};

/** One line of the log as Lambda's runtime frames it. */
export const framed = (format: Boot['logFormat'], level: LogLevel, requestId: string | undefined, message: string) => {
  const timestamp = new Date().toISOString();
  return format === 'JSON'
    ? JSON.stringify({ timestamp, level, requestId, message })
    : `${timestamp}\t${requestId}\t${level}\t${message}`;
};

const writer =
  (tell: (message: FromThread) => void): typeof process.stdout.write =>
  (
    chunk: string | Uint8Array,
    encodingOrDone?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean => {
    const encoding = typeof encodingOrDone === 'string' ? encodingOrDone : 'utf8';
    const text = typeof chunk === 'string' ? Buffer.from(chunk, encoding).toString() : Buffer.from(chunk).toString();
    tell({ kind: 'output', text });
    const finished = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    if (finished) queueMicrotask(() => finished(null));
    return true;
  };
