import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../../..');

/** Where synth leaves what deploy takes: one folder per stage and app. */
export const assemblyFolder = (stage: string, app: string): string => join(root, 'dist/cdk', stage, app);

export interface Template {
  readonly stack: string;
  readonly region: string | undefined;
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: string }>>;
  readonly Resources: Readonly<
    Record<
      string,
      { readonly Type: string; readonly DeletionPolicy?: string; readonly Properties?: Record<string, unknown> }
    >
  >;
}

/** The templates of an assembly, with the stack and region that its manifest gives them. */
export const readTemplates = (assembly: string): Template[] => {
  if (!existsSync(join(assembly, 'manifest.json'))) return [];
  const { artifacts } = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8')) as {
    artifacts: Record<
      string,
      { type: string; environment?: string; properties?: { templateFile: string; stackName?: string } }
    >;
  };
  return Object.entries(artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([id, { environment, properties }]) => ({
      ...JSON.parse(readFileSync(join(assembly, properties?.templateFile as string), 'utf8')),
      stack: properties?.stackName ?? id,
      region: knownRegion(environment),
    }));
};

/** The apps of the repository that have stacks. */
export const deployables = (): string[] =>
  readdirSync(join(root, 'apps')).filter((app) => existsSync(join(root, 'apps', app, 'cdk.json')));

/** `aws://123456789012/us-west-2` names a region, `…/unknown-region` does not. */
const knownRegion = (environment = ''): string | undefined => {
  const region = environment.split('/').pop();
  return region === 'unknown-region' || region === '' ? undefined : region;
};
