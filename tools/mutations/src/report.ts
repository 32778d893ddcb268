import { bad, good } from '@acme/command-kit';
import { format } from 'prettier';
import type { Mutation } from './mutation.ts';
import type { Tried } from './own.ts';
import { leastScore, percentOf, type Score, type Survivor } from './stryker.ts';
import { reasonFor } from './survivors.ts';

/** One line for a mutation that was tried. */
export const lineOf = ({ mutation: { name, file }, verdict }: Tried): string => {
  if (verdict.kind === 'caught') return `${good('caught')}    ${name}`;
  if (verdict.kind === 'survived') return `${bad('survived')}  ${name} (${file}): no test fails; write one`;
  return `${bad('unclear')}   ${name} (${file}): ${verdict.why}`;
};

/** Stryker's score of some modules, and a line for each survivor that nobody has given a reason for. */
export const scoreLines = (score: Score): string[] => {
  const percent = percentOf(score);
  const share = `${percent.toFixed(1)} %`;
  return [
    `Stryker   ${score.modules.name}: ${percent >= leastScore ? good(share) : bad(share)}, ${score.caught} caught, ${score.survivors.length} survived`,
    ...score.survivors
      .filter((survivor) => reasonFor(survivor) === undefined)
      .map(
        ({ file, line, original, replacement }) =>
          `  ${file}:${line}  ${oneLine(original)}  ->  ${oneLine(replacement)}`,
      ),
  ];
};

/** The line that closes a run. */
export const totalLine = (tried: readonly Tried[], scores: readonly Score[], minutes: number): string => {
  const of = (kind: Tried['verdict']['kind']): number => tried.filter(({ verdict }) => verdict.kind === kind).length;
  const own = `${of('caught')} caught, ${of('survived')} survived, ${of('unclear')} unclear`;
  const all: Score | undefined = scores[0] && {
    modules: scores[0].modules,
    caught: scores.reduce((sum, { caught }) => sum + caught, 0),
    survivors: scores.flatMap(({ survivors }) => survivors),
  };
  const stryker = all && `Stryker ${percentOf(all).toFixed(1)} % of ${all.caught + all.survivors.length}`;
  return [...(tried.length > 0 ? [own] : []), ...(stryker ? [stryker] : []), `${minutes.toFixed(1)} min`].join('; ');
};

/** What a run came to, as a page for people. */
export const pageOf = (
  mutations: Readonly<Record<string, readonly Mutation[]>>,
  tried: readonly Tried[],
  scores: readonly Score[],
  minutes: number,
): Promise<string> => {
  const verdicts = new Map(tried.map(({ mutation, verdict }) => [mutation, verdict]));
  const caughtBy = (mutation: Mutation): string => {
    const verdict = verdicts.get(mutation);
    if (verdict?.kind === 'caught') return `${link(verdict.by)}: ${verdict.test}`;
    return verdict?.kind === 'survived' ? '**nothing**' : '**unclear**';
  };
  const own = Object.entries(mutations).map(
    ([title, some]) => `## ${title}

${table(
  ['broken', 'in', 'what goes wrong', 'caught by'],
  some.map((mutation) => [mutation.name, link(mutation.file), mutation.breaks, caughtBy(mutation)]),
)}
`,
  );
  const survivors = scores.flatMap((score) => score.survivors);
  const text = `# Mutations

Written by \`npm run test:mutations\`, which breaks each of these in a copy of the repository and runs the tests that must
then fail ([how](../tools/mutations/README.md)). The last run: ${totalLine(tried, scores, minutes)}.

${own.join('\n')}
## Pure modules, by Stryker

${table(
  ['modules', 'score', 'caught', 'survived'],
  scores.map((score) => [
    `${score.modules.name}: ${score.modules.files.map((file) => `\`${file}\``).join(', ')}`,
    `${percentOf(score).toFixed(1)} %`,
    String(score.caught),
    String(score.survivors.length),
  ]),
)}

What survived, and why no test should fail for it:

${table(
  ['in', 'is', 'became', 'why not'],
  survivors.map((survivor) => [
    link(survivor.file),
    code(survivor.original),
    code(survivor.replacement),
    why(survivor),
  ]),
)}
`;
  return format(text, { parser: 'markdown', printWidth: 120, singleQuote: true });
};

const why = (survivor: Survivor): string => reasonFor(survivor) ?? 'a test is missing';
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '-'), ...rows].map(cells).join('\n');
const cells = (texts: readonly string[]): string =>
  `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
const link = (file: string): string => `[${file.split('/').at(-1)}](../${file})`;
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 80);
const code = (text: string): string => (text === '' ? 'nothing' : `\`${oneLine(text).replaceAll('`', "'")}\``);
