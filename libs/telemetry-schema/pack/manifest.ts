import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The package.json that is published: built files instead of sources, and zod as the user's own. */
export const manifest = (library: string, root: string): object => {
  const { name, version } = read(library);
  const { license, engines, dependencies } = read(root);
  const door = (file: string): object => ({ types: `./${file}.d.ts`, default: `./${file}.js` });
  return {
    name,
    version,
    description: "What ACME's telemetry events and tables are: schemas, parsers, JSON Schema and Glue columns.",
    license,
    type: 'module',
    sideEffects: false,
    exports: { '.': door('index'), './testing': door('testing/index'), './samples/*': './samples/*' },
    engines,
    peerDependencies: { zod: `^${dependencies?.zod}` },
  };
};

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const read = (folder: string): PackageJson => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
