// nx run enricher:load [--dimension customers] [--from synthetic|<file.csv|file.ndjson>] [--seed 1] [--version <n>]
//   [--fresh-until 2026-12-01T00:00:00Z] [--dir .local | --stage <stage> | --stack <name>]: brings rows into the lookup
// tables of the laptop platform, of a stage on AWS, or of a stand-alone stack. All are checked before the first is
// written; the same again changes nothing.
import { bar, CommandError, count, dim, Progress, runCommand } from '@acme/command-kit';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { explained } from '../command/explained.ts';
import { loadRows } from '../load/load-rows.ts';
import { lookupTable } from '../load/lookup-table.ts';
import { readOptions } from '../load/options.ts';
import { readRows } from '../load/read-rows.ts';
import { placeOf } from '../command/place.ts';

await runCommand(async () => {
  const { sources, edition, target, stack } = readOptions(process.argv.slice(2));
  const client = new DynamoDBClient(target.client);
  const progress = new Progress();
  try {
    const { tables } = await placeOf(target, stack);
    // Every source is checked before anything of the first is written.
    const checked = [];
    for (const source of sources)
      checked.push({ source, rows: await readRows(source.name, source.dimension, source.lines()) });
    for (const { source, rows } of checked) {
      const name = tables.get(source.dimension.name) as string;
      const startedMs = performance.now();
      const onProgress = (done: number): void =>
        progress.status(`${bar(done / rows.length)}  ${count(done)} of ${count(rows.length)} ${source.dimension.name}`);
      onProgress(0);
      const loaded = await loadRows({
        source: source.name,
        rows,
        table: lookupTable(client, name),
        ...edition,
        onProgress,
      });
      progress.status('');
      const { added, changed, same, older } = loaded;
      progress.line(
        `${name}  ${count(rows.length)} rows: ${count(added)} new, ${count(changed)} changed, ${count(same)} the same` +
          `${older > 0 ? `, ${count(older)} older than what is there, which stays` : ''}  ` +
          dim(`${((performance.now() - startedMs) / 1000).toFixed(1)} s`),
      );
    }
  } catch (error) {
    progress.status('');
    throw new CommandError(explained(error as Error, target, 'load'), { cause: error });
  }
});
