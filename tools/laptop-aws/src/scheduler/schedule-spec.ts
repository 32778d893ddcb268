/** A schedule as its template describes it. */
export interface ScheduleSpec {
  readonly name: string;
  /** @default default */
  readonly group?: string | undefined;
  /** rate(…), cron(…) or at(…). */
  readonly expression: string;
  readonly timezone?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
  readonly functionArn: string;
  /** JSON text, with context attributes such as `<aws.scheduler.scheduled-time>`. */
  readonly input?: string | undefined;
  /** @default 185 */
  readonly maximumRetryAttempts?: number | undefined;
  /** @default 86400, a day */
  readonly maximumEventAgeSeconds?: number | undefined;
}
