import { account, region } from '../aws/identity.ts';

/** One run of a schedule, as its input may tell. */
export interface ScheduledRun {
  readonly scheduleArn: string;
  readonly scheduledTimeMs: number;
  readonly executionId: string;
  /** 1 for the first. */
  readonly attempt: number;
}

/**
 * The payload of a run: the template's input with its context attributes filled in, or the event that Scheduler sends
 * when there is no input (User Guide, "Adding context attributes").
 */
export const scheduleInput = (input: string | undefined, run: ScheduledRun): string => {
  const time = new Date(run.scheduledTimeMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
  if (input === undefined)
    return JSON.stringify({
      version: '0',
      id: run.executionId,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account,
      time,
      region,
      resources: [run.scheduleArn],
      detail: '{}',
    });
  return input
    .replaceAll('<aws.scheduler.schedule-arn>', run.scheduleArn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', run.executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(run.attempt));
};
