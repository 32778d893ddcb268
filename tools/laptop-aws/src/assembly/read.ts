import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { type Stack, Template } from './template.ts';

/** The stacks of all apps, and where their assets were staged. */
export interface Assembly {
  readonly stacks: readonly Stack[];
  /**
   * The unpacked folder (or the file) that a template names by `S3Key`.
   *
   * @throws AssemblyError when no app staged such an asset
   */
  assetPath(s3Key: string): string;
}

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z
        .object({ templateFile: z.string().optional(), stackName: z.string().optional(), file: z.string().optional() })
        .default({}),
    }),
  ),
});
type Artifact = z.infer<typeof Manifest>['artifacts'][string];

const AssetManifest = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

/** Reads cloud assembly folders (one per app), as `synthesise` leaves them. */
export const readAssemblies = async (folders: readonly string[]): Promise<Assembly> => {
  const parts = await Promise.all(folders.map(readOne));
  const assets = new Map(parts.flatMap(({ assets }) => assets));
  return {
    stacks: parts.flatMap(({ stacks }) => stacks),
    assetPath: (s3Key) => {
      const path = assets.get(s3Key);
      if (path === undefined) throw new AssemblyError(`no app staged the asset ${s3Key}: synthesise the apps again`);
      return path;
    },
  };
};

const readOne = async (folder: string): Promise<{ stacks: Stack[]; assets: [string, string][] }> => {
  const { artifacts } = await parsed(Manifest, join(folder, 'manifest.json'));
  const entries = Object.entries(artifacts);
  if (entries.some(([, { type }]) => type === 'cdk:cloud-assembly')) {
    throw new AssemblyError(`${folder} holds nested assemblies (CDK Stages): put the stacks straight into the app`);
  }
  const ofType = (wanted: string) => entries.filter(([, { type }]) => type === wanted);
  return {
    stacks: await Promise.all(ofType('aws:cloudformation:stack').map((entry) => readStack(folder, ...entry))),
    assets: (
      await Promise.all(ofType('cdk:asset-manifest').map(([, artifact]) => readAssets(folder, artifact)))
    ).flat(),
  };
};

const readStack = async (folder: string, id: string, { properties }: Artifact): Promise<Stack> => ({
  name: properties.stackName ?? id,
  template: await parsed(Template, join(folder, properties.templateFile ?? `${id}.template.json`)),
});

const readAssets = async (folder: string, { properties }: Artifact): Promise<[string, string][]> => {
  if (properties.file === undefined) return [];
  const { files } = await parsed(AssetManifest, join(folder, properties.file));
  return Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ objectKey }): [string, string] => [
      objectKey,
      resolve(folder, source.path ?? '.'),
    ]),
  );
};

const parsed = async <S extends z.ZodType>(schema: S, file: string): Promise<z.output<S>> => {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new AssemblyError(`${file} cannot be read: synthesise the apps again`, { cause });
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const refused = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new AssemblyError(
    `${file} has what the laptop platform does not read (tools/local/src/assembly): ${refused.join('; ')}`,
  );
};

/** A cloud assembly that is not there, not whole, or of a shape that is not read here. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
}
