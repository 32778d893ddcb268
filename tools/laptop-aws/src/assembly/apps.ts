import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** A deployable: a folder of `apps/` with a cdk.json. */
export interface CdkApp {
  readonly name: string;
  /** Its infra/main.ts, an absolute path. */
  readonly main: string;
  /** The `context` of its cdk.json. */
  readonly context: Readonly<Record<string, unknown>>;
}

const CdkJson = z.looseObject({ context: z.record(z.string(), z.unknown()).default({}) });

/** The CDK apps of a workspace, by name. */
export const cdkApps = async (root: string): Promise<readonly CdkApp[]> => {
  const names = (await readdir(join(root, 'apps'))).sort();
  return Promise.all(
    names
      .filter((name) => existsSync(join(root, 'apps', name, 'cdk.json')))
      .map(async (name) => {
        const folder = join(root, 'apps', name);
        const { context } = CdkJson.parse(JSON.parse(await readFile(join(folder, 'cdk.json'), 'utf8')));
        return { name, main: join(folder, 'infra', 'main.ts'), context };
      }),
  );
};
