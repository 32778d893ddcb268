import { dayFolder, rawRoots } from '@acme/lake-layout';
import { type Athena, QueryFailedError } from '@acme/lambda-kit/athena';
import { type Findings, findingsOf, rowRules, type Unreadable, unreadableIn } from '@acme/lambda-kit/rows';
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { arrivalDays, badRowsOf, type Hours } from './statement.ts';

/** Where the raw clickstream lies. */
export interface RawZone {
  readonly s3: S3Client;
  readonly bucket: string;
}

/** What of the raw zone a rebuild has to go on without. */
export interface LeftOut {
  /** By name: `s3://bucket/key`, line and reason. */
  readonly findings: Findings;
  /** Objects that no statement may read, as `s3://bucket/key`. */
  readonly objects: readonly string[];
}

const rules = rowRules('clickstream_events');

/**
 * Finds what cannot be read of the raw events of some hours. Athena is asked first which objects have such rows, and only
 * those are read here; where it cannot even say (an object is no gzip, or cut off), all objects of these days are.
 *
 * @throws what Athena and S3 throw
 */
export const unreadableEvents = async (
  athena: Pick<Athena, 'eachRow'>,
  zone: RawZone,
  hours: Hours,
  nowMs: number,
): Promise<LeftOut> => {
  try {
    const suspects: string[] = [];
    for await (const [url = ''] of athena.eachRow(badRowsOf(hours, nowMs))) suspects.push(url);
    return await judged(zone, suspects);
  } catch (error) {
    // What Athena says of an object that it cannot read (AWS re:Post, "HIVE_CURSOR_ERROR").
    if (!(error instanceof QueryFailedError && /\((HIVE_\w+|GENERIC_INTERNAL_ERROR)\)/.test(error.message)))
      throw error;
    const { findings, objects, bad } = await judged(zone, await objectsOf(zone, hours, nowMs));
    if (findings.count === 0) throw error;
    // Of a failure that no broken object explains, the lines that cannot be read are the cause.
    return { findings, objects: objects.length > 0 ? objects : bad };
  }
};

const judged = async (
  { s3, bucket }: RawZone,
  urls: Iterable<string> | readonly string[],
): Promise<LeftOut & { readonly bad: readonly string[] }> => {
  const named: Unreadable[] = [];
  const broken: string[] = [];
  const bad = new Set<string>();
  let count = 0;
  for (const url of urls) {
    const read = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: url.slice(`s3://${bucket}/`.length) }));
    const found: Unreadable[] = [];
    let isBroken = false;
    let lines = 0;
    for await (const each of unreadableIn({ key: url, bytes: read.Body as AsyncIterable<Uint8Array> }, rules)) {
      bad.add(url);
      lines += 1;
      isBroken = each.line === undefined;
      if (found.length < mostNamed || isBroken) found.push(each);
    }
    // Of a broken object the lines mean nothing.
    named.push(...(isBroken ? found.slice(-1) : found).slice(0, Math.max(0, mostNamed - named.length)));
    count += isBroken ? 1 : lines;
    if (isBroken) broken.push(url);
  }
  return { findings: findingsOf(named, count), objects: broken, bad: [...bad] };
};

/** As many as are printed. */
const mostNamed = 20;

const objectsOf = async ({ s3, bucket }: RawZone, hours: Hours, nowMs: number): Promise<string[]> => {
  const urls: string[] = [];
  for (const day of arrivalDays(hours, nowMs)) {
    const Prefix = `${rawRoots.clickstream}${dayFolder(day)}`;
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix }))
      urls.push(...Contents.map(({ Key = '' }) => `s3://${bucket}/${Key}`));
  }
  return urls;
};
