import type { Change } from './change.ts';
import type { Contract } from './contract.ts';

const retyped = 'keep the column as it was, for files hold it so; add a column of the new type after the last';
const moved = 'put it back: new columns come after the last';
const partition = 'keep the partition keys: they are the paths of the objects that are there';

/** The columns of a table that kept their name and not their type or place; those added and removed are its fields. */
export const compareColumns = (before: Contract, now: Contract): Change[] => {
  const contract = before.name;
  const was = (before.columns ?? []).map(split);
  const is = (now.columns ?? []).map(split);
  const typeNow = new Map(is);
  const kept = was.filter(([name]) => typeNow.has(name));
  const order = is.map(([name]) => name);
  const place = new Map(kept.map(([name], index) => [name, index]));
  return [
    ...kept
      .filter(([name, type]) => typeNow.get(name) !== type)
      .map(([name, type]) => ({
        contract,
        field: name,
        what: [`its column is ${typeNow.get(name)}, was ${type}`],
        instead: retyped,
      })),
    ...order
      .filter((name, index) => !place.has(name) && order.slice(index + 1).some((later) => place.has(later)))
      .map((field) => ({ contract, field, what: ['its column comes before published ones'], instead: moved })),
    ...movedOf(
      order.filter((name) => place.has(name)),
      kept.map(([name]) => name),
    ).map((field) => ({
      contract,
      field,
      what: [`its column moved from place ${indexIn(was, field) + 1} to ${indexIn(is, field) + 1}`],
      instead: moved,
    })),
    ...comparePartitions(before, now),
  ];
};

const split = (column: string): readonly [name: string, type: string] => {
  const [name = '', type = ''] = column.split(' ');
  return [name, type];
};

const indexIn = (columns: readonly (readonly [string, string])[], field: string): number =>
  columns.findIndex(([name]) => name === field);

/** The fewest columns that, taken out, leave both orders the same: those that somebody moved. */
const movedOf = (order: readonly string[], published: readonly string[]): string[] => {
  const longest: string[][] = [];
  for (const name of order) {
    const place = published.indexOf(name);
    const before = longest.filter((run) => published.indexOf(run.at(-1) as string) < place);
    longest.push([...before.reduce<string[]>((best, run) => (run.length > best.length ? run : best), []), name]);
  }
  const stayed = longest.reduce<string[]>((best, run) => (run.length > best.length ? run : best), []);
  return order.filter((name) => !stayed.includes(name));
};

const comparePartitions = (before: Contract, now: Contract): Change[] => {
  const [was, is] = [before.partitionKeys ?? [], now.partitionKeys ?? []].map((keys) => keys.join(', ') || 'nothing');
  return was === is
    ? []
    : [{ contract: before.name, what: [`is partitioned by ${is}, was by ${was}`], instead: partition }];
};
