// nx run enricher:template [-- --out dist/stand-alone/enricher]: writes the enrichment pipeline as a folder that needs
// nothing else: cloudformation.yaml, the code of its function, scripts that deploy and destroy it, a Terraform module.
import { parseArgs } from 'node:util';
import { join, relative, resolve } from 'node:path';
import { exportStandAlone } from '../stand-alone/export.ts';

const root = join(import.meta.dirname, '../../..');
const out = resolve(root, options().out ?? 'dist/stand-alone/enricher');
const { templateBytes, codeBytes } = exportStandAlone(out, join(root, 'dist/bundle/enricher'));
const place = relative(process.cwd(), out) || '.';
console.log(
  `${place}: cloudformation.yaml (${kib(templateBytes)}), code.zip (${kib(codeBytes)}), scripts/, terraform/\n` +
    `deploy it: CODE_BUCKET=<a bucket of yours> ${place}/scripts/deploy.sh`,
);

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(0)} KiB`;
}

function options() {
  try {
    return parseArgs({ options: { out: { type: 'string' } } }).values;
  } catch {
    console.error('there is one option: --out <folder>');
    return process.exit(1);
  }
}
