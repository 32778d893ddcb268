import { aggregateFindings } from './aggregates.ts';
import { loadCurated } from './curated.ts';
import { curatedFindings } from './curated-findings.ts';
import { withDatabase } from './database.ts';
import { producerFindings, sinkFindings, streamFindings } from './findings.ts';
import { Hours } from './hours.ts';
import type { Finding, Report } from './report.ts';
import { loadSink, type Stores } from './sink-records.ts';
import type { Sink } from './sinks.ts';
import { loadStream } from './stream-records.ts';
import type { Window } from './window.ts';

/**
 * Proves, from what every service noted and what lies in the bucket, that nothing was lost on the way: the producer's
 * calls, the stream as the auditor saw it, each sink, and what is made from one, by hour of arrival. What is still on
 * its way looks lost: audit a platform that has drained, or end the window before now.
 */
export const audit = (stores: Stores, sinks: readonly Sink[], window: Window = {}): Promise<Report> =>
  withDatabase(async (database) => {
    const { objects, tables } = stores;
    const hours = new Hours();
    const findings: Finding[] = [];
    const isWhole = window.fromMs === undefined && window.toMs === undefined;
    await loadStream(database, objects, window);
    await hours.addProducer(database);
    findings.push(...(await producerFindings(database)));
    const streams = new Set<string>();
    for (const sink of sinks) {
      await loadSink(database, stores, window, sink);
      if (!streams.has(sink.stream)) {
        streams.add(sink.stream);
        await hours.addStream(database);
        findings.push(...(await streamFindings(database)));
      }
      await hours.addSink(database, sink.consumer);
      findings.push(...(await sinkFindings(database, sink, isWhole)));
      if (sink.feedsTelemetry) {
        await loadCurated(database, objects, window);
        await hours.addCurated(database);
        findings.push(...(await curatedFindings(database, isWhole)));
      }
      if ('table' in sink && isWhole) findings.push(...(await aggregateFindings(database, tables, sink)));
    }
    return {
      hours: hours.list(sinks.map(({ consumer }) => consumer)),
      findings,
      isRight: findings.length === 0,
    };
  });
