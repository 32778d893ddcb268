import { readFileSync } from 'node:fs';
import { checksumsFolder, dateIn, isManifest, manifestFolder } from '@acme/lake-layout';
import { WrittenFiles } from '@acme/lambda-kit';
import { md5Of } from './checksums.ts';
import { readNotes } from './notes.ts';
import { fileOf, filesOf, keyOf, type Objects } from './objects.ts';
import { type Finding, findingOf } from './report.ts';

/** A file of a day of `telemetry`. */
export interface Listed {
  readonly key: string;
  readonly path: string;
  readonly date: string;
}

/** Every line of the manifests of these days, or of all; and those that name no file of the bucket. */
export const listedFiles = (
  objects: Objects,
  days: ReadonlySet<string> | undefined,
): { listed: Listed[]; strange: string[] } => {
  const listed: Listed[] = [];
  const strange: string[] = [];
  const isThisBucket = `s3://${objects.bucket}/`;
  for (const file of filesOf(objects, manifestFolder('telemetry'))) {
    const date = dateIn(keyOf(objects, file));
    if (date === undefined || !isManifest(keyOf(objects, file))) continue;
    if (days !== undefined && !days.has(date)) continue;
    for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
      if (line === '') continue;
      const key = line.slice(isThisBucket.length);
      if (line.startsWith(isThisBucket) && /^[\w!'()*+,;:@&=$ ./-]+$/.test(key) && !/(^|\/)\.{0,2}(\/|$)/.test(key))
        listed.push({ key, path: fileOf(objects, key), date });
      else strange.push(`${keyOf(objects, file)} line ${index + 1}`);
    }
  }
  return { listed, strange };
};

/** Names the files that are not, byte for byte, what compaction noted when they were written. */
export const writtenFileFindings = async (objects: Objects, files: readonly string[]): Promise<Finding[]> => {
  const { read, broken } = readNotes(objects, checksumsFolder, WrittenFiles);
  const noted = new Map(read.flatMap(({ value }) => Object.entries(value.files)));
  const off: string[] = [];
  for (const file of files) {
    const md5 = noted.get(keyOf(objects, file));
    if (md5 !== undefined && md5 !== (await md5Of(file))) off.push(`s3://${objects.bucket}/${keyOf(objects, file)}`);
  }
  return [
    ...findingOf('telemetry', 'notes of its files that cannot be read', broken),
    ...findingOf('telemetry', 'files that are not what compaction wrote', off),
  ];
};
