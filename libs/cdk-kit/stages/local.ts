import type { Settings } from '../src/settings.ts';
import { dev } from './dev.ts';

/** The laptop: what dev deploys, with a lake that fills within seconds. */
export const local: Settings = {
  ...dev,
  stage: 'local',
  kafka: { ...dev.kafka, replicationFactor: 1, selfManaged: { auth: 'none' } },
  lake: { ...dev.lake, bufferMiB: 64, bufferSeconds: 10 },
  readers: {
    ...dev.readers,
    enricher: { ...dev.readers.enricher, windowSeconds: 1 },
    'clickstream-enricher': { ...dev.readers['clickstream-enricher'], windowSeconds: 1 },
    auditor: { ...dev.readers.auditor, windowSeconds: 1 },
    'clickstream-auditor': { ...dev.readers['clickstream-auditor'], windowSeconds: 1 },
  },
};
