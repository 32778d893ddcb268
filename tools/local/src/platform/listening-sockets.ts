// For tests, on Linux: every port on which the processes of a place listen, however they came to it.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface ListeningSocket {
  readonly host: string;
  readonly port: number;
  /** Of the process that listens. */
  readonly command: string;
}

/** What the processes whose command line holds a text listen on over TCP, and all processes below them. */
export const listeningSockets = (mark: string): ListeningSocket[] => {
  const listening = [...tableOf('/proc/net/tcp'), ...tableOf('/proc/net/tcp6')];
  return processesBelow(mark).flatMap(({ pid, command }) => {
    const inodes = new Set(attempt(() => readdirSync(`/proc/${pid}/fd`)).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`)));
    return listening
      .filter(({ inode }) => inodes.has(`socket:[${inode}]`))
      .map(({ host, port }) => ({ host, port, command }));
  });
};

/** Rows in the state LISTEN: proc(5). */
const tableOf = (file: string) =>
  attempt(() => readFileSync(file, 'utf8').trim().split('\n').slice(1)).flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    return state === '0A' ? [{ host: hostOf(address), port: Number.parseInt(port, 16), inode }] : [];
  });

/** An address of IPv4 stands in the byte order of the machine; of IPv6 only loopback and "any" are told apart. */
const hostOf = (hex: string): string => {
  if (hex.length > 8) return '[::1]';
  const host = [...Buffer.from(hex, 'hex')].reverse().join('.');
  return host === '0.0.0.0' ? '127.0.0.1' : host;
};

const processesBelow = (mark: string): { pid: string; command: string }[] => {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid, command: commandOf(pid), parent: parentOf(pid) }));
  const wanted = new Set(all.filter(({ command }) => command.includes(mark)).map(({ pid }) => pid));
  for (let before = 0; before < wanted.size;) {
    before = wanted.size;
    for (const { pid, parent } of all) if (wanted.has(parent)) wanted.add(pid);
  }
  return all.filter(({ pid }) => wanted.has(pid));
};

const commandOf = (pid: string): string =>
  attempt(() => [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')])[0] ?? '';
const parentOf = (pid: string): string =>
  attempt(() => [/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? ''])[0] ?? '';
const linkOf = (path: string): string => attempt(() => [readlinkSync(path)])[0] ?? '';

/** Processes and files of theirs come and go while one looks. */
const attempt = <T>(look: () => T[]): T[] => {
  try {
    return look();
  } catch {
    return [];
  }
};
