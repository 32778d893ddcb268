export { type Change, changeFiles, ManifestBusyError } from './change-files.ts';
export { type Day, listFiles, type Manifest, replaceFiles } from './manifest.ts';
