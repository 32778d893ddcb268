export interface FunctionLogging {
  readonly group?: string | undefined;
  /** JSON makes an object of every console line and of Lambda's own lines. @default Text */
  readonly format?: 'Text' | 'JSON' | undefined;
  /** The least severe console line that is kept, with JSON only. @default INFO */
  readonly applicationLevel?: LogLevel | undefined;
  /** WARN leaves out the start and the report of each invocation, with JSON only. @default INFO */
  readonly systemLevel?: 'DEBUG' | 'INFO' | 'WARN' | undefined;
}

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

/** Where a function's lines go: the logs engine, or anything else that keeps them. */
export type WriteLog = (group: string, stream: string, message: string) => void;

/** How an invocation went, for its report. */
export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  readonly memoryMb: number;
  readonly usedMb: number;
  /** Only of the first invocation of an environment. */
  readonly initMs?: number | undefined;
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType?: string | undefined;
}

/** The lines that Lambda itself writes around an invocation, in the function's log format. */
export const platformLines = ({ format, systemLevel }: FunctionLogging) => {
  const quiet = format === 'JSON' && systemLevel === 'WARN';
  const json = (type: string, record: object): string[] =>
    quiet ? [] : [JSON.stringify({ time: new Date().toISOString(), type, record })];
  return {
    started: (requestId: string): string[] =>
      format === 'JSON'
        ? json('platform.start', { requestId, version: '$LATEST' })
        : [`START RequestId: ${requestId} Version: $LATEST`],
    ended: (report: Report): string[] =>
      format === 'JSON'
        ? json('platform.report', jsonReport(report))
        : [`END RequestId: ${report.requestId}`, textReport(report)],
  };
};

const textReport = (report: Report): string =>
  [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(report.durationMs)} ms`,
    `Memory Size: ${report.memoryMb} MB`,
    `Max Memory Used: ${report.usedMb} MB`,
    ...(report.initMs === undefined ? [] : [`Init Duration: ${report.initMs.toFixed(2)} ms`]),
    ...(report.status === 'success' ? [] : [`Status: ${report.status}`]),
    ...(report.errorType ? [`Error Type: ${report.errorType}`] : []),
  ].join('\t');

const jsonReport = ({ requestId, durationMs, memoryMb, usedMb, initMs, status, errorType }: Report): object => ({
  requestId,
  metrics: {
    durationMs: Number(durationMs.toFixed(3)),
    billedDurationMs: Math.ceil(durationMs),
    memorySizeMB: memoryMb,
    maxMemoryUsedMB: usedMb,
    ...(initMs === undefined ? {} : { initDurationMs: Number(initMs.toFixed(3)) }),
  },
  status,
  ...(errorType ? { errorType } : {}),
});
