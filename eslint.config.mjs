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
              onlyDependOnLibsWithTags: ['type:schema', 'type:contract', 'type:runtime', 'type:infra'],
            },
            {
              sourceTag: 'type:tool',
              onlyDependOnLibsWithTags: ['type:schema', 'type:contract', 'type:runtime', 'type:infra', 'type:tool'],
            },
            {
              sourceTag: 'type:runtime',
              onlyDependOnLibsWithTags: ['type:schema', 'type:runtime'],
              bannedExternalImports: ['aws-cdk-lib*', 'constructs'],
            },
            {
              sourceTag: 'type:infra',
              onlyDependOnLibsWithTags: ['type:contract', 'type:infra', 'type:schema'],
              bannedExternalImports: ['@aws-sdk/*'],
            },
            { sourceTag: 'type:schema', onlyDependOnLibsWithTags: ['type:schema'], allowedExternalImports: ['zod'] },
            { sourceTag: 'type:contract', onlyDependOnLibsWithTags: [], allowedExternalImports: [] },
          ],
        },
      ],
    },
  },
  { files: ['apps/*/src/**'], rules: restricted(noCdk) },
  { files: ['apps/*/infra/**'], rules: restricted(noSdk, onlyTypesOfSrc) },
  // Tests, benches and build scripts may use what the workspace has installed.
  { files: ['**/*.test.ts', '**/*.bench.ts', '**/*.mjs'], rules: { '@nx/enforce-module-boundaries': 'off' } },
  prettier,
);
