import {
  checksumsFolder,
  compactedFolder,
  manifestFolder,
  producerQuarantine,
  quarantineFolder,
  receiptWriter,
  streamReader,
} from '@acme/lake-layout';
import { aggregateFindings } from './aggregates.ts';
import { leavingOutBroken } from './broken-files.ts';
import { checksumFindings } from './checksums.ts';
import { loadCurated } from './curated.ts';
import { curatedFindings, curatedNotes } from './curated-findings.ts';
import { withDatabase } from './database.ts';
import { producerFindings, sinkFindings, sinkNotes, streamFindings } from './findings.ts';
import { Hours } from './hours.ts';
import { writtenFileFindings } from './listed-files.ts';
import { filesOf, ledgerFiles, type Objects } from './objects.ts';
import { putAsideNotes } from './put-aside.ts';
import type { Finding, Report } from './report.ts';
import { rowFindings } from './row-findings.ts';
import { loadSink, rowFilesOf, type Stores } from './sink-records.ts';
import type { Sink } from './sinks.ts';
import { loadStream } from './stream-records.ts';
import type { Window } from './window.ts';

/**
 * Proves, from what every service noted and what lies in the bucket, that nothing was lost on the way: the producer's
 * calls, the stream as the auditor saw it, each sink, and what is made from one, by hour of arrival. What is still on
 * its way looks lost: audit a platform that has drained, or end the window before now. What cannot be read is a finding
 * by name, and never the end.
 *
 * @param nowMs what waits is judged against it (ms UTC) @default the time
 */
export const audit = (
  { objects: there, tables, firstDay: knownFirstDay }: Stores,
  sinks: readonly Sink[],
  window: Window = {},
  nowMs: number = Date.now(),
): Promise<Report> =>
  withDatabase(async (database) => {
    const objects: Objects = { ...there, leftOut: new Set() };
    const stores: Stores = { objects, tables };
    const hours = new Hours();
    const findings: Finding[] = [];
    const notes: Finding[] = [];
    const isWhole = window.fromMs === undefined && window.toMs === undefined;
    await leavingOutBroken(objects, findings, () => loadStream(database, objects, window));
    await hours.addProducer(database);
    findings.push(...(await producerFindings(database)));
    const streams = new Set<string>();
    let firstDay = knownFirstDay;
    let listed: readonly string[] = [];
    for (const sink of sinks) {
      if ('prefix' in sink) findings.push(...(await rowFindings(objects, sink, window)));
      await leavingOutBroken(objects, findings, () => loadSink(database, stores, window, sink));
      if (!streams.has(sink.stream)) {
        streams.add(sink.stream);
        await hours.addStream(database);
        findings.push(...(await streamFindings(database)));
      }
      await hours.addSink(database, sink.consumer);
      findings.push(...(await sinkFindings(database, sink, isWhole)));
      if (sink.feedsTelemetry) {
        const curated = await loadCurated(database, objects, window, nowMs);
        firstDay ??= curated.firstDay;
        await hours.addCurated(database);
        findings.push(...curated.findings, ...(await curatedFindings(database, isWhole)));
        findings.push(...(await writtenFileFindings(objects, curated.files)));
        listed = curated.files;
        notes.push(...(await curatedNotes(database)), ...putAsideNotes(objects, window));
      }
      notes.push(...(await sinkNotes(database, sink, firstDay)));
      if ('table' in sink && isWhole) findings.push(...(await aggregateFindings(database, tables, sink)));
    }
    findings.push(...(await checksumFindings(objects, [...filesRead(objects, sinks, window), ...listed])));
    return {
      hours: hours.list(sinks.map(({ consumer }) => consumer)),
      findings,
      notes,
      isRight: findings.length === 0,
    };
  });

/** What an audit of the window reads, but for the files of `telemetry`. */
const filesRead = (objects: Objects, sinks: readonly Sink[], window: Window): string[] => [
  ...[receiptWriter, streamReader, ...sinks.map(({ consumer }) => consumer)].flatMap((writer) =>
    ledgerFiles(objects, writer, window),
  ),
  ...[producerQuarantine, ...sinks.map(({ consumer }) => consumer)].flatMap((service) =>
    filesOf(objects, quarantineFolder(service)),
  ),
  ...sinks.flatMap((sink) => ('prefix' in sink ? rowFilesOf(objects, sink, window) : [])),
  ...[compactedFolder, checksumsFolder, manifestFolder('telemetry')].flatMap((prefix) => filesOf(objects, prefix)),
];
