// What a folder HOLDS decides what can be done with it; there is no project.json.
//   tsconfig.json     lint, typecheck, test (cached)
//   src/handler.ts, src/*/handler.ts   bundle: one ES module per handler, dist/bundle/<project>/<name>.mjs
//   vite.config.ts    bundle: the built page, dist/bundle/<project>/
//   cdk.json          synth (cached), diff, deploy, destroy; STAGE chooses the stage (default dev)
//   cli/<name>.ts     <name>: runs that file
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const run = 'node tools/node/run.mjs';
const command = (line, options = {}) => ({
  executor: 'nx:run-commands',
  options: { command: line, cwd: '{workspaceRoot}' },
  ...options,
});
const stage = process.env.STAGE ?? 'dev';

const sources = ['default', '^production'];
const checks = (dir, name) => ({
  lint: command(`${run} eslint ${dir}`, {
    cache: true,
    inputs: [
      ...sources,
      '{workspaceRoot}/eslint.config.mjs',
      { externalDependencies: ['eslint', 'typescript-eslint', '@nx/eslint-plugin'] },
    ],
  }),
  typecheck: command(`${run} tsc -p ${dir}/tsconfig.json`, {
    cache: true,
    inputs: [...sources, { externalDependencies: ['typescript'] }],
  }),
  test: command(`${run} tools/checks/jest.mjs ${dir} ${name}`, {
    cache: true,
    inputs: [
      ...sources,
      '{workspaceRoot}/tools/checks/*',
      { dependentTasksOutputFiles: '**/*', transitive: true },
      { externalDependencies: ['jest', '@swc/jest'] },
    ],
    outputs: [`{workspaceRoot}/dist/tests/${name}.json`],
    dependsOn: ['bundle', '^bundle'], // the platform's tests run every app's
  }),
});

const handlerBundle = (dir, name, handlers) => ({
  bundle: {
    executor: '@nx/esbuild:esbuild',
    cache: true,
    inputs: [
      'production',
      '^production',
      '{workspaceRoot}/tools/esbuild.config.mjs',
      { externalDependencies: ['esbuild', '@nx/esbuild'] },
    ],
    outputs: ['{options.outputPath}'],
    options: {
      main: handlers[0],
      additionalEntryPoints: handlers.slice(1),
      outputPath: `dist/bundle/${name}`,
      tsConfig: `${dir}/tsconfig.json`,
      platform: 'node',
      target: 'node24',
      format: ['esm'],
      bundle: true,
      thirdParty: true,
      minify: true,
      sourcemap: 'external',
      skipTypeCheck: true,
      declaration: false,
      deleteOutputPath: true,
      esbuildConfig: 'tools/esbuild.config.mjs',
    },
  },
});

const pageBundle = (dir, name) => ({
  bundle: command(
    `${run} vite build ${dir} --outDir ${'../'.repeat(dir.split('/').length)}dist/bundle/${name} --emptyOutDir --logLevel warn`,
    {
      cache: true,
      inputs: ['production', '^production', { externalDependencies: ['vite'] }],
      outputs: [`{workspaceRoot}/dist/bundle/${name}`],
    },
  ),
});

const stacks = (dir, name) => {
  const assembly = `dist/cdk/${stage}/${name}`;
  const cdk = (verb) => `${run} tools/deploy/src/main.ts ${verb} ${name}`;
  return {
    synth: command(`${run} tools/deploy/src/main.ts synth ${name}`, {
      cache: true,
      dependsOn: ['bundle'],
      inputs: [
        'production',
        '^production',
        { env: 'STAGE' },
        { dependentTasksOutputFiles: '**/*', transitive: true },
        { externalDependencies: ['aws-cdk-lib', 'cdk-nag', 'aws-cdk'] },
      ],
      outputs: [`{workspaceRoot}/${assembly}`],
    }),
    diff: command(cdk('diff'), { dependsOn: ['synth'] }),
    deploy: command(cdk('deploy'), { dependsOn: ['lint', 'typecheck', 'test', 'synth'] }),
    destroy: command(cdk('destroy'), { dependsOn: ['synth'] }),
  };
};

const scripts = (dir) =>
  Object.fromEntries(
    list(join(dir, 'cli'))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => [basename(file, '.ts'), command(`${run} ${dir}/cli/${file}`, { dependsOn: ['bundle'] })]),
  );

const list = (dir) => (existsSync(dir) ? readdirSync(dir).sort() : []);

const targetsOf = (dir) => {
  const name = basename(dir);
  const handlers = ['.', ...list(join(dir, 'src'))]
    .map((part) => join(dir, 'src', part, 'handler.ts'))
    .filter(existsSync);
  return {
    ...checks(dir, name),
    ...(handlers.length > 0 ? handlerBundle(dir, name, handlers) : {}),
    ...(existsSync(join(dir, 'vite.config.ts')) ? pageBundle(dir, name) : {}),
    ...(existsSync(join(dir, 'cdk.json')) ? stacks(dir, name) : {}),
    ...scripts(dir),
  };
};

export const createNodesV2 = [
  '{apps,libs,tools}/*/tsconfig.json',
  (files) =>
    files.map((file) => [
      file,
      { projects: { [dirname(file)]: { name: basename(dirname(file)), targets: targetsOf(dirname(file)) } } },
    ]),
];
