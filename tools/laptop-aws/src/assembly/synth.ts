import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cdkApps, type CdkApp } from './apps.ts';
import { contentHash } from './content-hash.ts';

export interface SynthesisOptions {
  readonly stage: string;
  /** Where the assemblies go, one folder per app. */
  readonly outDir: string;
  /** The workspace that holds apps/ and libs/. @default this repository */
  readonly root?: string;
  /** CDK context on top of each app's cdk.json. @default none */
  readonly context?: Readonly<Record<string, unknown>>;
}

export interface Synthesis {
  /** The assembly folders, as `readAssemblies` takes them. */
  readonly folders: readonly string[];
  /** Set when nothing that the templates come from had changed. */
  readonly unchanged: boolean;
}

/** Everything that the templates and their assets come from. */
const inputs = ['apps/*/cdk.json', 'apps/*/infra/**', 'libs/**', 'dist/bundle/**', 'package-lock.json'];

const repository = join(import.meta.dirname, '../../../..');

/**
 * Synthesises all apps of the workspace in one child process, or keeps what is there when nothing has changed.
 * CDK's own template validation is left to the stages that deploy; it takes two thirds of the time.
 *
 * @throws SynthesisError with what the app itself said
 */
export const synthesise = async ({
  stage,
  outDir,
  root = repository,
  context = {},
}: SynthesisOptions): Promise<Synthesis> => {
  const apps = await cdkApps(root);
  const folders = apps.map(({ name }) => join(outDir, name));
  const stamp = join(outDir, 'synthesised-from');
  const settings = JSON.stringify({ stage, context, node: process.version, apps: apps.map(({ name }) => name) });
  const from = createHash('sha256')
    .update(settings)
    .update(await contentHash(root, inputs))
    .digest('hex');
  if ((await read(stamp)) === from) return { folders, unchanged: true };

  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  await run(apps, { stage, outDir, root, context });
  await writeFile(stamp, from);
  return { folders, unchanged: false };
};

const run = async (
  apps: readonly CdkApp[],
  { stage, outDir, root, context }: Required<SynthesisOptions>,
): Promise<void> => {
  const jobs = apps.map((app) => ({
    main: app.main,
    outDir: join(outDir, app.name),
    context: { ...app.context, ...context },
  }));
  const child = join(import.meta.dirname, 'synth-child.ts');
  try {
    await promisify(execFile)(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', child, JSON.stringify(jobs)],
      {
        cwd: root,
        env: { ...process.env, STAGE: stage, CDK_VALIDATION: 'false', NODE_OPTIONS: '' },
      },
    );
  } catch (cause) {
    const { stderr = '' } = cause as { stderr?: string };
    throw new SynthesisError(`the apps could not be synthesised for stage ${stage}:\n${stderr.trim()}`);
  }
};

const read = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

/** An app that does not synthesise; the message holds its own words. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}
