import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { asYaml, mostTemplateBytes, standAloneTemplate } from '../infra/stand-alone-template.ts';

/** Bytes of what was written. */
export interface Exported {
  readonly templateBytes: number;
  readonly codeBytes: number;
}

/** The first day that a zip can name: the same code gives the same bytes, whenever they are written. */
const firstDay = '1980-01-01T00:00:00';

/**
 * Writes the stand-alone pipeline into a folder: the template, the code as a zip, and what deploys them. Other files of
 * the folder stay.
 *
 * @param bundle where the bundle target left the function
 */
export const exportStandAlone = (out: string, bundle: string): Exported => {
  const yaml = asYaml(standAloneTemplate());
  const templateBytes = Buffer.byteLength(yaml);
  if (templateBytes > mostTemplateBytes)
    throw new Error(`the template has ${templateBytes} bytes; CreateStack takes ${mostTemplateBytes}`);
  const code = zipSync(
    Object.fromEntries(['index.mjs', 'index.mjs.map'].map((name) => [name, readFileSync(join(bundle, name))])),
    { level: 9, mtime: firstDay },
  );
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'cloudformation.yaml'), yaml);
  writeFileSync(join(out, 'code.zip'), code);
  for (const folder of ['scripts', 'terraform'])
    cpSync(join(import.meta.dirname, folder), join(out, folder), { recursive: true });
  return { templateBytes, codeBytes: code.length };
};
