import { join, relative } from 'node:path';
import type { TableInput } from '../glue/table-input.ts';
import { decoded, filesAtLocation, locationOf, objectsFolder, partitionOf } from './table-objects.ts';

/** A partition that has objects. */
export interface Partition {
  /** Of the partition keys, in their order. */
  readonly values: readonly string[];
  /** `s3://bucket/prefix/key=value/`. */
  readonly location: string;
}

/** The partitions of a table, as the folders of its objects say; none of a table without partition keys. */
export const partitionsOf = async (dir: string, table: TableInput): Promise<Partition[]> => {
  const { PartitionKeys, StorageDescriptor } = table;
  if (PartitionKeys.length === 0) return [];
  const { bucket, prefix } = locationOf(table);
  const folder = join(objectsFolder(dir, bucket), prefix);
  const found = new Map<string, Partition>();
  for (const file of await filesAtLocation(dir, table)) {
    const path = relative(folder, file).replaceAll('\\', '/');
    const values = Object.values(partitionOf(table, path) ?? {});
    const folders = path.split('/').slice(0, -1).map(decoded);
    const isKey = (part: string): boolean => PartitionKeys.some(({ Name }) => part.startsWith(`${Name}=`));
    const place = folders.slice(0, folders.findLastIndex(isKey) + 1).join('/');
    const location = `${StorageDescriptor.Location.replace(/\/$/, '')}/${place}/`;
    found.set(location, { values, location });
  }
  return [...found.values()];
};
