import { sep } from 'node:path';
import { S3Error } from './fauxqs.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html: bytes of UTF-8 */
const largestKeyBytes = 1024;
/** What ext4, APFS and NTFS take as one name; of a file, `.data` included. */
const largestNameBytes = 255;
const pieceBytes = 200;

/**
 * Where an object of this key lies, below its bucket's folder and but for `.data`. A slash becomes a folder, what some
 * file system refuses becomes %xx, as fauxqs has it. What is no name of a folder is written so that no other key is:
 *
 * - a name that is too long goes on in a folder of its own: the pieces but the last end with `%+`
 * - nothing between two slashes is `%_`, and the folders `.` and `..` are `%2e` and `%2e%2e`
 * - a folder that ends with `.data` could be the file of another key, and ends with `.dat%61`
 *
 * @throws S3Error KeyTooLongError, 400
 */
export const pathOf = (key: string): string => {
  refuseLongKey(key);
  const segments = key.split('/');
  const folders = segments.slice(0, -1).map((segment) => pieces(folderName(safe(segment)), largestNameBytes));
  const file = pieces(safe(segments.at(-1) as string), largestNameBytes - '.data'.length);
  return [...folders, file].join(sep);
};

/** The key of an object that lies there: the way back. */
export const keyOf = (path: string): string => {
  const slashed = path.split(sep).join('/');
  if (!slashed.includes('%')) return slashed;
  return slashed
    .replaceAll('%+/', '')
    .replace(/(^|\/)%_(?=\/)/g, '$1')
    .replace(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
};

/** The name of a folder that could be taken for something else. */
export const folderName = (name: string): string => {
  if (name === '') return '%_';
  if (name === '.' || name === '..') return name.replaceAll('.', '%2e');
  return name.endsWith('.data') ? name.replace(/a$/, '%61') : name;
};

/** @throws S3Error KeyTooLongError, 400 */
export const refuseLongKey = (key: string): void => {
  if (key.length * 3 <= largestKeyBytes || Buffer.byteLength(key) <= largestKeyBytes) return;
  throw new S3Error('KeyTooLongError', `Your key is too long: a key has at most ${largestKeyBytes} bytes`, 400);
};

const safe = (segment: string): string =>
  segment.replace(/[<>:"|?*\\%\x00-\x1f]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** A name as the folders that hold it: itself, if it is short enough. Nothing is cut within a character or a %xx. */
const pieces = (name: string, largestBytes: number): string => {
  if (name.length * 3 <= largestBytes || Buffer.byteLength(name) <= largestBytes) return name;
  const found: string[] = [''];
  for (const [char] of name.matchAll(/%[0-9a-f]{2}|./gsu)) {
    const last = (found.at(-1) as string) + char;
    if (Buffer.byteLength(last) > pieceBytes) found.push(char);
    else found[found.length - 1] = last;
  }
  return found.join(`%+${sep}`);
};
