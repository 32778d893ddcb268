// For tests of what a change of the sources does: the repository once more, to be changed at will.
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');
const projects = ['apps', 'libs', 'tools'];

export interface WorkspaceCopy {
  readonly folder: string;
  /** Puts a text in the place of another. @throws Error when the file does not hold it, because it has changed */
  change(file: string, from: string, to: string): Promise<void>;
  remove(): Promise<void>;
}

/** Its own sources, bundles and links between projects; what was installed is the repository's. */
export const aWorkspaceCopy = async (): Promise<WorkspaceCopy> => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'acme-workspace-')));
  const isSource = (path: string): boolean => !['node_modules', 'dist', '.local'].includes(basename(path));
  for (const part of [...projects, '.github', 'docs', 'package.json', 'package-lock.json', 'tsconfig.base.json'])
    await cp(join(root, part), join(folder, part), { recursive: true, filter: isSource });
  // Its own, too: other tests run on the repository's while this one bundles changed sources.
  const bundles = join('dist', 'bundle');
  if (existsSync(join(root, bundles))) await cp(join(root, bundles), join(folder, bundles), { recursive: true });
  await mkdir(join(folder, 'node_modules/@acme'), { recursive: true });
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== '@acme') await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  for (const kind of projects) {
    for (const project of await readdir(join(folder, kind), { withFileTypes: true })) {
      if (!project.isDirectory()) continue;
      const manifest = await readFile(join(folder, kind, project.name, 'package.json'), 'utf8').catch(() => undefined);
      if (manifest === undefined) continue;
      const { name } = JSON.parse(manifest) as { name: string };
      if (name.startsWith('@acme/'))
        await symlink(join(folder, kind, project.name), join(folder, 'node_modules', name));
    }
  }
  return {
    folder,
    change: async (file, from, to) => {
      const text = await readFile(join(folder, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} no longer holds what this test changes`);
      await writeFile(join(folder, file), text.replace(from, to));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
