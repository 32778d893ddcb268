// npx nx run telemetry-schema:api: the API pages of the published package, in dist/api/telemetry-schema.
import { join } from 'node:path';
import { Application } from 'typedoc';

const library = join(import.meta.dirname, '..');
const out = join(library, '../../dist/api/telemetry-schema');
const app = await Application.bootstrapWithPlugins({
  name: '@acme/telemetry-schema',
  entryPoints: ['src/index.ts', 'src/testing/index.ts'].map((file) => join(library, file)),
  tsconfig: join(library, 'tsconfig.json'),
  readme: join(library, 'README.md'),
  excludeExternals: true,
  excludeInternal: true,
  disableSources: true, // they would point at one commit of one remote
  validation: { invalidLink: true, notExported: false },
  logLevel: 'Warn',
});
const project = await app.convert();
if (project === undefined || app.logger.hasErrors()) process.exit(1);
await app.generateDocs(project, out);
process.stdout.write(`pages in ${out}\n`);
