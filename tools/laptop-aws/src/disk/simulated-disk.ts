// For tests of what a power cut leaves: to be imported before whatever writes, in a process of its own.
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join, resolve } from 'node:path';

type Name = string;

/** Of a file, its bytes when they were last synced; of a folder, what it held when it was. */
interface Durable {
  readonly bytes: Map<string, Buffer>;
  readonly entries: Map<string, ReadonlyMap<Name, { readonly inode: string; readonly isFolder: boolean }>>;
}

/**
 * A disk that forgets at a power cut all that was not synced, as strictly as POSIX lets one: a file has the bytes of its
 * last sync, or none; a folder has the names of its last sync, so that files that were made, moved or removed after it are
 * not, or still, there. What runs on it sees its files as they are.
 *
 * It listens to the syncs of this process, and looks at the real files then.
 *
 * @param root a folder that is there, and empty
 * @returns leaves in another folder what a power cut would leave of it now
 */
export const simulatedDisk = (root: string): ((into: string) => void) => {
  const durable: Durable = { bytes: new Map(), entries: new Map() };
  const ofInode = ({ ino, birthtimeNs }: fs.BigIntStats): string => `${ino} ${birthtimeNs}`;
  const { readFileSync, readdirSync, readlinkSync, fstatSync, statSync, mkdirSync, writeFileSync } = fs;

  /** Looks before the sync, and takes what it saw for durable after it: what is written in between is not. */
  const look = (handle: number): (() => void) => {
    const stats = fstatSync(handle, { bigint: true });
    const path = readlinkSync(`/proc/self/fd/${handle}`);
    if (stats.isDirectory()) {
      const names = readdirSync(path).map((name) => {
        const entry = statSync(join(path, name), { bigint: true });
        return [name, { inode: ofInode(entry), isFolder: entry.isDirectory() }] as const;
      });
      return () => void durable.entries.set(ofInode(stats), new Map(names));
    }
    const bytes = stats.nlink > 0n ? readFileSync(path) : Buffer.alloc(0);
    return () => void durable.bytes.set(ofInode(stats), bytes);
  };

  const { fsyncSync, fdatasyncSync, fsync, fdatasync } = fs;
  const blocking =
    (sync: (handle: number) => void) =>
    (handle: number): void => {
      const synced = look(handle);
      sync(handle);
      synced();
    };
  fs.fsyncSync = blocking(fsyncSync);
  fs.fdatasyncSync = blocking(fdatasyncSync);
  const withCallback = (sync: typeof fs.fsync) => (handle: number, done: fs.NoParamCallback) => {
    const synced = look(handle);
    sync(handle, (error) => {
      if (!error) synced();
      done(error);
    });
  };
  fs.fsync = withCallback(fsync) as typeof fs.fsync;
  fs.fdatasync = withCallback(fdatasync) as typeof fs.fdatasync;
  const { open } = promises;
  promises.open = async (...args) => {
    const handle = await open(...args);
    const { sync, datasync } = handle;
    const promised = (what: () => Promise<void>) => async () => {
      const synced = look(handle.fd);
      await what.call(handle);
      synced();
    };
    handle.sync = promised(sync);
    handle.datasync = promised(datasync);
    return handle;
  };
  syncBuiltinESMExports();

  const leave = (inode: string, into: string): void => {
    mkdirSync(into, { recursive: true });
    for (const [name, entry] of durable.entries.get(inode) ?? []) {
      if (entry.isFolder) leave(entry.inode, join(into, name));
      else writeFileSync(join(into, name), durable.bytes.get(entry.inode) ?? '');
    }
  };
  const whole = resolve(root);
  return (into) => leave(ofInode(statSync(whole, { bigint: true })), into);
};
