import { named } from './names.ts';
import type { Settings } from './settings.ts';

const names = { telemetry: 'acme-telemetry-stream', clickstream: 'real-time-analytics-stream' } as const;

/** The streams of the platform: viewing telemetry and the clickstream. */
export type StreamName = keyof typeof names;

/** A stream's name, the same on either transport: that of the Kinesis stream, or of the Kafka topic. */
export const topicOf = (settings: Pick<Settings, 'stage'>, stream: StreamName): string =>
  named(settings, names[stream]);
