import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Modules that are pure functions, and the tests that hold them. Globs, from the root. */
export interface PureModules {
  readonly name: string;
  readonly files: readonly string[];
  readonly tests: readonly string[];
  /** Whether Stryker asks first which test reaches what. Not where tests loop so often that its counters cost minutes. */
  readonly isCounted: boolean;
}

const schema = 'libs/telemetry-schema/src';

/**
 * What Stryker mutates. Of the contract, what parses: the declarations of tables and events are held by an example for each
 * rule, and most of their texts are descriptions.
 */
export const pureModules: readonly PureModules[] = [
  {
    name: 'contract',
    files: [
      'event-bounds',
      'event-line',
      'event-parser',
      'event-time',
      'left-out',
      'parsed',
      'reason',
      'clickstream-decoder',
      'clickstream-row',
      'clickstream-spelling',
    ].map((name) => `${schema}/${name}.ts`),
    tests: [
      `${schema}/{clickstream-decoder,clickstream-event,clickstream-row,event-line,event-time,left-out,samples,viewing-event}.test.ts`,
    ],
    isCounted: true,
  },
  {
    name: 'money',
    files: [`${schema}/money.ts`, `${schema}/currencies.ts`],
    tests: [`${schema}/{money,currencies}.test.ts`],
    isCounted: true,
  },
  {
    name: 'framing',
    files: [
      'libs/lambda-kit/src/framing.ts',
      'libs/lambda-kit/src/judge.ts',
      'libs/lambda-kit/src/aggregated-record.ts',
    ],
    tests: ['libs/lambda-kit/src/{framing,judge,aggregated-record}.test.ts'],
    isCounted: false,
  },
  {
    name: 'manifests',
    files: ['apps/lake-loader/src/manifest/{manifest,change-files}.ts'],
    tests: ['tools/local/src/lake/manifest.test.ts'],
    isCounted: true,
  },
];

/** A change of Stryker's that no test has caught. */
export interface Survivor {
  readonly file: string;
  readonly line: number;
  /** The text as it is, and what took its place. */
  readonly original: string;
  readonly replacement: string;
}

export interface Score {
  readonly modules: PureModules;
  /** Changes that counted: those that a test failed for, or that ran without end, and those that survived. */
  readonly caught: number;
  readonly survivors: readonly Survivor[];
}

/** The share of Stryker's changes that must be caught, in percent. */
export const leastScore = 85;

export const percentOf = ({ caught, survivors }: Score): number => (100 * caught) / (caught + survivors.length);

/** Of the report that Stryker writes (mutation-testing-report-schema), what is read. */
export interface StrykerReport {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: string;
        readonly mutants: readonly {
          readonly status: string;
          readonly replacement?: string;
          readonly location: Readonly<Record<'start' | 'end', { readonly line: number; readonly column: number }>>;
        }[];
      }
    >
  >;
}

/** Counts a report. Mutants that do not compile, or that Stryker was told to leave out, count neither way. */
export const scoreOf = (modules: PureModules, { files }: StrykerReport): Score => {
  let caught = 0;
  const survivors: Survivor[] = [];
  for (const [file, { source, mutants }] of Object.entries(files)) {
    for (const { status, replacement = '', location } of mutants) {
      if (status === 'Killed' || status === 'Timeout') caught += 1;
      if (status !== 'Survived' && status !== 'NoCoverage') continue;
      const original = textAt(source, location);
      survivors.push({ file, line: location.start.line, original, replacement: replacement.trim() });
    }
  }
  return { modules, caught, survivors };
};

const textAt = (
  source: string,
  { start, end }: StrykerReport['files'][string]['mutants'][number]['location'],
): string => {
  const lines = source.split('\n');
  const placeOf = ({ line, column }: { line: number; column: number }): number =>
    lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  return source.slice(placeOf(start), placeOf(end));
};

/**
 * Runs Stryker on some modules in a copy of the repository, in place: it is thrown away anyway.
 *
 * @throws Error with what Stryker said when it wrote no report
 */
export const runStryker = async (
  folder: string,
  modules: PureModules,
  workers: number,
  stop: AbortSignal,
): Promise<Score> => {
  const report = join(folder, 'dist/stryker.json');
  const jestConfig = join(folder, 'dist/stryker.jest.config.mjs');
  const roots = [...new Set(modules.tests.map((test) => test.split('/').slice(0, 3).join('/')))];
  await mkdir(join(folder, 'dist'), { recursive: true });
  // What hangs is ended by Stryker; its counters make loops several times as slow.
  await writeFile(
    jestConfig,
    `import base from '../tools/checks/jest.config.mjs';
export default { ...base, testTimeout: 240_000, rootDir: '..', roots: ${JSON.stringify(roots.map((root) => `<rootDir>/${root}`))}, testMatch: ${JSON.stringify(modules.tests.map((test) => `**/${test}`))} };
`,
  );
  await writeFile(
    join(folder, 'stryker.config.json'),
    JSON.stringify({
      mutate: modules.files,
      inPlace: true,
      plugins: ['@stryker-mutator/jest-runner'],
      testRunner: 'jest',
      testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
      jest: { projectType: 'custom', configFile: 'dist/stryker.jest.config.mjs', enableFindRelatedTests: false },
      coverageAnalysis: modules.isCounted ? 'perTest' : 'off',
      concurrency: workers,
      maxTestRunnerReuse: 40, // a worker keeps every module that it has loaded: after some hundred it is mostly collecting garbage
      timeoutMS: 20_000,
      dryRunTimeoutMinutes: 10,
      disableTypeChecks: false,
      reporters: ['json'],
      jsonReporter: { fileName: report },
      tempDirName: 'dist/stryker',
      allowEmpty: false,
    }),
  );
  const said: string[] = [];
  const child = spawn(
    process.execPath,
    [join(folder, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', 'stryker.config.json'],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], signal: stop, env: { ...process.env, FORCE_COLOR: '0' } },
  );
  for (const out of [child.stdout, child.stderr]) out.on('data', (some: Buffer) => said.push(some.toString()));
  await new Promise<void>((resolve) => child.on('error', () => resolve()).on('close', () => resolve()));
  const text = await readFile(report, 'utf8').catch(() => {
    const [, error] = /ERROR ([\s\S]{1,4000})/.exec(said.join('')) ?? [];
    throw new Error(`Stryker wrote no report on ${modules.name}: ${error ?? said.join('').slice(-4000)}`);
  });
  return scoreOf(modules, JSON.parse(text) as StrykerReport);
};
