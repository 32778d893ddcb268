import type { Settings } from '../src/settings.ts';
import { dev } from './dev.ts';

/** Data is kept when a stack goes, logs stay for a quarter, objects are fewer and larger. */
export const prod: Settings = {
  ...dev,
  stage: 'prod',
  keepsData: true,
  logRetentionDays: 90,
  lake: { ...dev.lake, bufferMiB: 64, bufferSeconds: 300, rawDays: 365, enrichedDays: 365, scanCutoffMiB: 1024 * 1024 },
  webSocket: { rateLimit: 1000, burstLimit: 500, framesPerSecond: 2 },
};
