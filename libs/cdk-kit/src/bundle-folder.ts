import { join } from 'node:path';

/** Where the bundle target of a project leaves what it built. */
export const bundleFolder = (project: string): string => join(import.meta.dirname, '../../../dist/bundle', project);
