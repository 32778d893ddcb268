import { sep } from 'node:path';
import { S3Error } from './fauxqs.ts';

/** As fauxqs encodes keys: what some file system refuses becomes %xx, a slash becomes a folder. */
export const pathOf = (key: string): string => {
  refuseForeignPath(key);
  return key
    .replace(/[<>:"|?*\\%\x00-\x1f]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .split('/')
    .join(sep);
};

export const keyOf = (path: string): string =>
  path
    .split(sep)
    .join('/')
    .replace(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/**
 * S3 takes any key; as a file, a key with dot segments would lie in another bucket or outside them all, and one with an
 * empty segment would be another key's file. A last empty segment is fine: the file is then `.data`.
 */
export const refuseForeignPath = (key: string): void => {
  const segments = key.split('/');
  if (segments.some((segment, at) => foreign.has(segment) || (segment === '' && at < segments.length - 1))) {
    throw new S3Error(
      'InvalidArgument',
      'the laptop platform stores objects as files: ".", ".." and nothing between slashes are no folders',
      400,
    );
  }
};

const foreign = new Set(['.', '..']);
