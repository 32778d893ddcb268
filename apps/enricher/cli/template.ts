// nx run enricher:template [-- --out dist/stand-alone/enricher]: writes the enrichment pipeline as a folder that needs
// nothing else: cloudformation.yaml, the code of its function, scripts that deploy and destroy it, a Terraform module.
import { join, relative, resolve } from 'node:path';
import { readCommandLine, runCommand, text } from '@acme/command-kit';
import * as z from 'zod';
import { exportStandAlone } from '../stand-alone/export.ts';

const root = join(import.meta.dirname, '../../..');

const command = {
  usage: 'npx nx run enricher:template',
  does: 'Writes the enrichment pipeline as a folder that needs nothing else.',
  options: z.strictObject({
    out: text('a folder').default('dist/stand-alone/enricher').describe('Where to, from the root of the repository'),
  }),
};

await runCommand(() => {
  const out = resolve(root, readCommandLine(command).options.out);
  const { templateBytes, codeBytes } = exportStandAlone(out, join(root, 'dist/bundle/enricher'));
  const place = relative(process.cwd(), out) || '.';
  console.log(
    `${place}: cloudformation.yaml (${kib(templateBytes)}), code.zip (${kib(codeBytes)}), scripts/, terraform/\n` +
      `deploy it: CODE_BUCKET=<a bucket of yours> ${place}/scripts/deploy.sh`,
  );
});

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(0)} KiB`;
}
