import { evaluatePrefix, nameDate } from './prefix.ts';

/** Where and how a delivery stream delivers. */
export interface Destination {
  readonly bucket: string;
  /** With its expressions, see `evaluatePrefix`. */
  readonly prefix: string;
  readonly errorPrefix?: string | undefined;
  readonly timeZone: string;
  readonly gzip: boolean;
  /** What object names end with: `.gz`, or what FileExtension says. */
  readonly extension: string;
  /** A buffer of this size is delivered; counted before compression. */
  readonly bufferBytes: number;
  /** A buffer is delivered this long after its first record; 0 delivers each write by itself. */
  readonly intervalMs: number;
  readonly roleArn: string;
}

/** Every stream here is at its first version; AWS counts up with each UpdateDestination. */
export const versionId = '1';

/** `<prefix><stream>-<version>-<yyyy-MM-dd-HH-mm-ss>-<uuid><extension>`: the same for the same buffer, always. */
export const objectKey = (
  stream: string,
  { prefix, timeZone, extension }: Destination,
  { id, arrival }: { readonly id: string; readonly arrival: Date },
): string => {
  const folder = evaluatePrefix(prefix, { arrival, timeZone, random: id.replaceAll('-', '').slice(0, 11) });
  return `${folder}${stream}-${versionId}-${nameDate(arrival)}-${id}${extension}`;
};
