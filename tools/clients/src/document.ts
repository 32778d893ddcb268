import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notPassing } from './not-passing.ts';
import { caseOf, type Report } from './report.ts';

const file = join(import.meta.dirname, '../../../docs/clients.md');
const [begin, end] = ['<!-- From here on: npm run test:clients -- --write -->\n', '<!-- To here. -->\n'];

/** The names of the clients, in the order in which they ran. */
export const clientsOf = (reports: readonly Report[]): string[] => [...new Set(reports.map(({ client }) => client))];

/** The line of a client in the table of docs/clients.md, and what was run with it. */
export const partsOf = (client: string, all: readonly Report[]): { readonly row: string; readonly run: string } => {
  const reports = all.filter((report) => report.client === client);
  const areas = [...new Set(reports.map(({ area }) => area))];
  const failing = reports.filter((report) => caseOf(report) in notPassing).length;
  const passes = failing === 0 ? 'all' : `${reports.length - failing} of ${reports.length}`;
  const row = `| ${client} | ${reports[0]?.version} | ${areas.join(', ')} | ${reports.length} | ${passes} |\n`;
  const lines = areas.flatMap((area) => [
    `\n${area}:\n\n`,
    ...reports.filter((report) => report.area === area).map((report) => `${lineOf(report)}\n`),
  ]);
  return { row, run: `### ${client}\n${lines.join('')}` };
};

const lineOf = (report: Report): string => {
  const reason = notPassing[caseOf(report)];
  return `- ${reason === undefined ? report.title : `**does not pass**: ${report.title}. ${reason}`}`;
};

/** Which parts of docs/clients.md are not as these reports would have them. */
export const outdated = (reports: readonly Report[]): string[] => {
  const text = readFileSync(file, 'utf8');
  return clientsOf(reports).filter((client) => {
    const { row, run } = partsOf(client, reports);
    return !text.includes(row) || !text.includes(`\n${run}\n`);
  });
};

/** Writes the part of docs/clients.md that is not by hand. */
export const writeDocument = (reports: readonly Report[]): void => {
  const text = readFileSync(file, 'utf8');
  const parts = clientsOf(reports).map((client) => partsOf(client, reports));
  const table = ['| client | version | against | cases | passes |\n', '| --- | --- | --- | --- | --- |\n'];
  const written = [...table, ...parts.map(({ row }) => row), '\n', parts.map(({ run }) => run).join('\n'), '\n'].join(
    '',
  );
  const [before] = text.split(begin);
  const [, after = ''] = text.split(end);
  writeFileSync(file, `${before}${begin}\n${written}${end}${after}`);
};
