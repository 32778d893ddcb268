import type { NamedQuery } from '@aws-sdk/client-athena';
import type { Answered, athenaOn } from './athena-client.ts';
import { isAnswer, type Wanted } from './named-query-answers.ts';
import { median, printRow } from './print.ts';
import type { Objects, TableBytes } from './table-bytes.ts';

const rounds = 3;

export interface MeasuredQuery {
  readonly name: string;
  readonly query: NamedQuery;
  readonly wanted: Wanted;
  /** Where the objects of a table are. */
  readonly objectsOf: (table: string) => Objects;
  /** Those that the query needs. @default all of them */
  readonly neededOf?: (table: string) => Objects;
  /** Seconds. @default a row for comparison */
  readonly atMost?: number;
}

/**
 * Asks Athena once to warm up and then three times, and prints what that took.
 *
 * @throws Error when a query fails, reads more bytes than it needs, or does not answer what is wanted
 */
export const measureQuery = async (
  athena: ReturnType<typeof athenaOn>,
  bytes: TableBytes,
  { name, query, wanted, objectsOf, neededOf = objectsOf, atMost }: MeasuredQuery,
): Promise<void> => {
  let [needed, total] = [0, 0];
  for (const [table, columns] of Object.entries(wanted.needs)) {
    total += await bytes.all(objectsOf(table));
    needed += columns ? await bytes.columns(neededOf(table), columns) : await bytes.all(neededOf(table));
  }
  const answers: Answered[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const answer = await athena.ask(query);
    if (answer.bytesScanned > needed)
      throw new Error(`${name}: ${needed} bytes are needed, and ${answer.bytesScanned} were read`);
    if (!isAnswer(answer.rows, wanted)) throw new Error(`${name}: the answer is not that of the answer key`);
    if (round > 0) answers.push(answer);
  }
  const read = mebibytes((answers[0] as Answered).bytesScanned);
  const cpu = median(answers.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2);
  printRow({
    name,
    value: median(answers.map(({ seconds }) => seconds)),
    unit: 's',
    ...(atMost === undefined ? {} : { atMost }),
    about: `${read} of ${mebibytes(total)} MiB read, ${cpu} s of CPU; median of ${rounds}`,
  });
};

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
