import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { servedAlone } from '../../aws/served-alone.ts';
import { openCloudWatch } from '../cloudwatch.ts';
import { metric } from '../store/metric.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;

/** So many minutes after noon. */
export const time = (minutes: number): Date => new Date(noon + minutes * minute);

/** Clicks of a page. */
export const clicks = metric('RealTimeAnalytics', 'EventsProcessed', 'EventType', 'click');

/** CloudWatch as its clients find it, at half past twelve. */
export const servedCloudWatch = async () => {
  const none = (): void => undefined;
  const cloudWatch = openCloudWatch({
    now: () => time(30).getTime(),
    log: none,
    report: none,
    publish: async () => none(),
  });
  const served = await servedAlone(cloudWatch.service);
  const client = new CloudWatchClient(served.client);
  return {
    ...{ cloudWatch, client, settings: served.client },
    /** Clicks of 12:00 to 12:09, as many as the minute. */
    click: (): void => {
      for (let at = 9; at >= 0; at--)
        cloudWatch.metrics.add(clicks, [at], { unit: 'Count', atMs: time(at).getTime() + 30_000 });
    },
    close: async (): Promise<void> => {
      client.destroy();
      await served.close();
    },
  };
};
