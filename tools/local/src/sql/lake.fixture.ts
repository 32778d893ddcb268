import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { mkdirSync, writeFileSync } from 'node:fs';
import { openGlue } from '../glue/glue.ts';
import { TableInput } from '../glue/table-input.ts';
import { objectsFolder } from './table-view.ts';

/** A lake in a state folder, for tests: one bucket, one database. */
export const aLake = (dir: string) => {
  const glue = openGlue({ dir });
  glue.createDatabase('acme_telemetry', {});
  return {
    table: (name: string, columns: Readonly<Record<string, string>>, partitionKeys: readonly string[] = []): void =>
      glue.createTable(
        'acme_telemetry',
        TableInput.parse({
          Name: name,
          PartitionKeys: partitionKeys.map((Name) => ({ Name, Type: 'string' })),
          StorageDescriptor: {
            Columns: Object.entries(columns).map(([Name, Type]) => ({ Name, Type })),
            Location: `s3://lake/${name}/`,
            SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
          },
        }),
      ),
    object: (key: string, content: string | Buffer): void => {
      const file = join(objectsFolder(dir, 'lake'), `${key}.data`);
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, key.endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content);
    },
  };
};

export const ndjson = (...rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
