export { aClickstreamEvent, arrivedAtMs, aViewingEvent } from './event-builders.ts';
export type { Example } from './example.ts';
export { examples } from './examples.ts';
export { aCampaign, aClickstreamRow, aCustomer, anEnrichedEvent, aTelemetryRow, aTitle } from './row-builders.ts';
