import type { Survivor } from './stryker.ts';

const money = 'libs/telemetry-schema/src/money.ts';
const pattern = String.raw`/^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/`;
const manifest = 'apps/lake-loader/src/manifest/manifest.ts';

/** Changes of Stryker's that no test should catch, and why: mostly, because nobody could tell the difference. */
export const accepted: readonly (Pick<Survivor, 'file' | 'original'> & {
  /** What took its place. @default whatever did */
  readonly replacement?: string;
  readonly why: string;
})[] = [
  { file: money, original: "''", why: 'the pattern always finds a whole part' },
  { file: money, original: "'0'", why: 'without a text the exponent is 0 as well' },
  { file: money, original: 'power >= 0', replacement: 'power > 0', why: 'rounding to whole units changes nothing' },
  { file: money, original: 'minor < 0n', replacement: 'minor <= 0n', why: 'there is no -0n' },
  { file: money, original: pattern, why: 'JavaScript writes a finite number in this form and no other' },
  { file: money, original: "'an amount of money must be a finite number'", why: 'words of an error' },
  {
    file: manifest,
    original: 'Body?.transformToString',
    why: 'S3 answers with a body; the type allows for none',
  },
  { file: manifest, original: "''", why: 'S3 answers with a body; the type allows for none' },
  { file: manifest, original: 'ETag === undefined', replacement: 'false', why: 'S3 answers with an ETag' },
  {
    file: 'apps/lake-loader/src/manifest/change-files.ts',
    original: 'attempt += 1',
    why: 'the waits are shorter, within the same patience',
  },
];

/** Why a survivor is none to worry about; undefined when nobody has said so. */
export const reasonFor = ({ file, original, replacement }: Survivor): string | undefined =>
  accepted.find(
    (one) =>
      one.file === file &&
      one.original === original &&
      (one.replacement === undefined || one.replacement === replacement),
  )?.why;
