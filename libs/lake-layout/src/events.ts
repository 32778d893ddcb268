import { type Hour, hourFolder, hourIn } from './hours.ts';
import { type RawFamily, rawRoots, roots } from './roots.ts';

/** Where a family's raw events lie that arrived in an hour. */
export const rawFolder = (family: RawFamily, arrived: Hour): string => `${rawRoots[family]}${hourFolder(arrived)}`;

/** The hour of arrival that a family's raw object lies in; none for what is no such object. */
export const rawHourOf = (family: RawFamily, key: string): Hour | undefined =>
  key.startsWith(`${rawRoots[family]}year=`) && !key.endsWith('/') ? hourIn(key) : undefined;

/** Where a family's enriched events lie. @param family its name, or what stands for it in a template */
export const enrichedFolder = (family: string): string => `${roots.enriched}${familyFolder(family)}`;

/** The folder of a family in a table that holds several. */
export const familyFolder = (family: string): string => `family=${family}/`;

/** A family's enriched events by the hour that they happened in. */
export const enrichedKey = (family: string, happened: Hour, name: string): string =>
  `${enrichedFolder(family)}${hourFolder(happened)}${name}.ndjson.gz`;

/** Whether a key is that of enriched events. */
export const isEnriched = (key: string): boolean => key.startsWith(roots.enriched) && key.endsWith('.ndjson.gz');
