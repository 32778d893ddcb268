import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const noCdk = {
  group: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', '**/infra/*'],
  message: 'src/ runs in Lambda and knows no CDK.',
};
const noSdk = { group: ['@aws-sdk/*'], message: 'infra/ talks to nobody while it synthesises.' };
const onlyTypesOfSrc = {
  group: ['../src/*', '../src/**'],
  allowTypeImports: true,
  message: 'infra/ takes only types from src/.',
};
/** What the embedded AWS shares with this platform, each free of anything of it: how lines of an object are read, which
 *  errors of Kafka pass, and random numbers from a seed. */
const noAcme = {
  regex: '^@acme/(?!lambda-kit/(rows|kafka)$|synthetic/random$)',
  message: 'tools/laptop-aws knows nothing of ACME: it could run any CDK app.',
};
const keepsByteOrderMark = {
  selector: 'NewExpression[callee.name="TextDecoder"]:not(:has(Property[key.name="ignoreBOM"]))',
  message: 'It drops U+FEFF at the start of a text: say ignoreBOM, or take Buffer.toString().',
};
/** How places in the lake's bucket begin, and whatever lies by the hour or by the day. */
const placeInLake =
  '/^(telemetry|clickstream)\\/(year=.*)?$|^(tables|manifests|enriched-data|quarantine|ledger|compaction|checksums|athena-results|errors\\/firehose|aws\\/lambda)\\/|(^|\\/)(year|date|hour|family)=.*\\//';
const lakeLayout = [`Literal[value=${placeInLake}]`, `TemplateElement[value.raw=${placeInLake}]`].map((selector) => ({
  selector,
  message: 'Where things lie in the lake is written once: take it from @acme/lake-layout.',
}));
const restricted = (...patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] });

export default tseslint.config(
  { ignores: ['**/dist/**', '**/.local/**', '**/node_modules/**', '**/coverage/**'] },
  tseslint.configs.recommended,
  {
    plugins: { '@nx': nx },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          depConstraints: [
            {
              sourceTag: 'type:app',
              onlyDependOnLibsWithTags: ['type:schema', 'type:layout', 'type:contract', 'type:runtime', 'type:infra'],
            },
            {
              sourceTag: 'type:tool',
              onlyDependOnLibsWithTags: [
                'type:schema',
                'type:layout',
                'type:contract',
                'type:runtime',
                'type:infra',
                'type:tool',
                'type:laptop',
              ],
            },
            {
              sourceTag: 'type:runtime',
              onlyDependOnLibsWithTags: ['type:schema', 'type:layout', 'type:runtime'],
              bannedExternalImports: ['aws-cdk-lib*', 'constructs'],
            },
            {
              sourceTag: 'type:infra',
              onlyDependOnLibsWithTags: ['type:contract', 'type:infra', 'type:layout', 'type:schema'],
              bannedExternalImports: ['@aws-sdk/*'],
            },
            { sourceTag: 'type:laptop', onlyDependOnLibsWithTags: ['type:runtime'] },
            { sourceTag: 'type:schema', onlyDependOnLibsWithTags: ['type:schema'], allowedExternalImports: ['zod'] },
            { sourceTag: 'type:contract', onlyDependOnLibsWithTags: [], allowedExternalImports: [] },
            { sourceTag: 'type:layout', onlyDependOnLibsWithTags: [], allowedExternalImports: [] },
          ],
        },
      ],
    },
  },
  { rules: { 'no-restricted-syntax': ['error', keepsByteOrderMark, ...lakeLayout] } },
  {
    files: [
      'libs/lake-layout/**',
      'tools/laptop-aws/**',
      '**/*.test.ts',
      '**/*.fixture.ts',
      '**/*.bench.ts',
      'tools/*/bench/**',
    ],
    rules: { 'no-restricted-syntax': ['error', keepsByteOrderMark] },
  },
  { files: ['apps/*/src/**'], rules: restricted(noCdk) },
  { files: ['tools/laptop-aws/**'], rules: restricted(noAcme) },
  { files: ['apps/*/infra/**'], rules: restricted(noSdk, onlyTypesOfSrc) },
  // Tests, benches and build scripts may use what the workspace has installed.
  {
    files: ['**/*.test.ts', '**/*.bench.ts', '**/*.mjs', 'libs/*/cli/**'],
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
  prettier,
);
