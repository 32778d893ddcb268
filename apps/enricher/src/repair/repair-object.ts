import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { lookAgain, type LookedAgain, type LookingAgain } from './again.ts';
import { enrichedObject } from './enriched-object.ts';

/** Tries at an object that somebody else keeps rewriting. */
const mostTries = 5;

export interface Bucket {
  readonly s3: S3Client;
  readonly bucket: string;
}

/** What came of an object, and of its lines that cannot be read; `gone` where its time was up meanwhile. */
export type Repaired =
  | (Omit<LookedAgain, 'rows'> & {
      readonly events: number;
      readonly isRewritten: boolean;
      readonly problems: readonly string[];
    })
  | 'gone';

/**
 * Looks up again what an object's rows lack, and writes the object again under its name if they gained anything: only if
 * it is still what was read, so a function that writes it at the same time is never overwritten. Then it is read again.
 * Lines that cannot be read stay as they are.
 *
 * @throws NotEnrichedError, ContendedError: the object is as it was
 */
export const repairObject = async ({ s3, bucket }: Bucket, key: string, looking: LookingAgain): Promise<Repaired> => {
  const place = { Bucket: bucket, Key: key };
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const read = await s3.send(new GetObjectCommand(place)).catch(whenNamed('NoSuchKey', undefined));
    if (!read?.Body) return 'gone';
    const before = await enrichedObject(key, await read.Body.transformToByteArray());
    const { rows, ...sums } = await lookAgain(before.rows, looking);
    const outcome = { ...sums, events: rows.length, problems: before.problems };
    if (sums.repaired === 0) return { ...outcome, isRewritten: false };
    const isWritten = await s3
      .send(
        new PutObjectCommand({
          ...place,
          Body: await before.bytesWith(rows),
          IfMatch: read.ETag,
          ContentType: read.ContentType,
        }),
      )
      .then(() => true)
      .catch(whenNamed(['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'], false));
    if (isWritten) return { ...outcome, isRewritten: true };
  }
  throw new ContendedError(key);
};

/** An answer in place of an error of one of these names; others are thrown. */
const whenNamed =
  <T>(names: string | readonly string[], answer: T) =>
  (error: Error): T => {
    if ([names].flat().includes(error.name)) return answer;
    throw error;
  };

/** An object that was written anew at each try. */
export class ContendedError extends Error {
  override readonly name = 'ContendedError';

  constructor(key: string) {
    super(`${key}: it was written anew ${mostTries} times while it was repaired; run the same command again`);
  }
}
