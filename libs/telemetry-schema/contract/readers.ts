import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A project of the workspace whose sources name a field. */
export interface Reader {
  /** Its folder, such as `apps/dashboard`. */
  readonly project: string;
  /** Where, as `src/wire.ts:12`: the first line of each file. */
  readonly places: readonly string[];
}

/** Finds who reads what in the sources of a workspace. */
export interface Readers {
  /**
   * The projects whose sources hold the name as a word. A search of the text: of a common word (`timestamp`) it finds
   * some that mean another.
   */
  readonly naming: (field: string) => readonly Reader[];
  /** The named queries whose statement holds the name as a word. */
  readonly queries: (field: string) => readonly string[];
  /** The projects that import the schema: they read whole events or rows, whether or not they name a field. */
  readonly importing: readonly string[];
}

/** Reads the sources of all apps, libs and tools but the schema's own; tests and benches are nobody's reader. */
export const readersIn = (workspace: string): Readers => {
  const sources = globSync('{apps,libs,tools}/*/**/*.{ts,mjs,js,py,sql,html}', {
    cwd: workspace,
    exclude: ['**/node_modules', '**/dist', 'libs/telemetry-schema'],
  })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/\.(test|bench|fixture)\.ts$/.test(file))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(workspace, file), 'utf8') }));
  const statements = sources.flatMap(({ text }) =>
    Array.from(text.matchAll(namedQuery), ([, name = '', statement = '']) => ({ name, statement })),
  );
  const projects = [...new Set(sources.map(({ file }) => projectOf(file)))];
  return {
    naming: (field) => {
      const word = wordPattern(field);
      const places = sources.flatMap(({ file, text }) => {
        const at = text.search(word);
        return at < 0 ? [] : [{ file, line: text.slice(0, at).split('\n').length }];
      });
      return projects.flatMap((project) => {
        const own = places.filter(({ file }) => projectOf(file) === project);
        const written = own.map(({ file, line }) => `${file.slice(project.length + 1)}:${line}`);
        return own.length > 0 ? [{ project, places: written }] : [];
      });
    },
    queries: (field) =>
      statements.filter(({ statement }) => wordPattern(field).test(statement)).map(({ name }) => name),
    importing: projects.filter((project) =>
      sources.some(({ file, text }) => projectOf(file) === project && text.includes(`'@acme/telemetry-schema'`)),
    ),
  };
};

const wordPattern = (name: string): RegExp => new RegExp(String.raw`(?<![\w$-])${name}(?![\w$-])`);

/** How the lake's stack writes its saved queries. */
const namedQuery = /\bname: '([^']+)',\s+description: [^\n]+\s+statement: `([^`]*)`/g;

const projectOf = (file: string): string => file.split('/').slice(0, 2).join('/');
