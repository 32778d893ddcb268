import { join, relative } from 'node:path';
import type { TableInput } from '../glue/table-input.ts';
import { filesAtLocation, locationOf, objectsFolder } from './table-objects.ts';

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
    const parts = relative(folder, file).split(/[/\\]/);
    const places = PartitionKeys.map(({ Name }) => parts.findIndex((part) => part.startsWith(`${Name}=`)));
    const values = places.map((place, index) =>
      decoded(parts[place]?.slice((PartitionKeys[index]?.Name.length ?? 0) + 1) ?? ''),
    );
    const path = parts.slice(0, Math.max(...places) + 1).map(decoded);
    const location = `${StorageDescriptor.Location.replace(/\/$/, '')}/${path.join('/')}/`;
    found.set(location, { values, location });
  }
  return [...found.values()];
};

const decoded = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
