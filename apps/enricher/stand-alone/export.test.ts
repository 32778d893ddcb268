import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { exportStandAlone } from './export.ts';

describe('the exported pipeline', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'acme-stand-alone-'));
    writeFileSync(join(dir, 'index.mjs'), 'export const handler = 1;');
    writeFileSync(join(dir, 'index.mjs.map'), '{}');
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('is a folder with template, code, scripts that run, and a Terraform module', () => {
    const out = join(dir, 'out');
    const { templateBytes, codeBytes } = exportStandAlone(out, dir);
    expect(readFileSync(join(out, 'cloudformation.yaml')).length).toBe(templateBytes);
    const code = readFileSync(join(out, 'code.zip'));
    expect(code.length).toBe(codeBytes);
    const files = Object.entries(unzipSync(code)).map(([name, bytes]) => [name, strFromU8(bytes)]);
    expect(files).toEqual([
      ['index.mjs', 'export const handler = 1;'],
      ['index.mjs.map', '{}'],
    ]);
    for (const script of ['deploy.sh', 'destroy.sh']) accessSync(join(out, 'scripts', script), constants.X_OK);
    expect(readFileSync(join(out, 'terraform/main.tf'), 'utf8')).toContain('aws_cloudformation_stack');
  });

  it('has the same bytes whenever it is written, so that code that is the same is deployed once', () => {
    const code = ['one', 'other'].map((name) => {
      exportStandAlone(join(dir, name), dir);
      return readFileSync(join(dir, name, 'code.zip'));
    });
    expect(code[0]?.equals(code[1] as Buffer)).toBe(true);
  });
});
