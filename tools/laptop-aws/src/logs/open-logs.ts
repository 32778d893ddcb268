import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openLogGroup, type LogGroup } from './log-group.ts';

/** CloudWatch Logs on disk: what functions and services write, and what `aws logs` reads. */
export interface Logs {
  /**
   * Keeps a line. It is on disk within about 50 ms; a group that is not there yet is made, as Lambda makes its own. A
   * line that cannot be kept (the disk is full) is reported and lost; what it tells of goes on.
   */
  write(group: string, stream: string, message: string): void;
  /** Makes a group, or sets the retention of one that is there. */
  defineGroup(name: string, settings?: { readonly retentionDays?: number | undefined }): void;
  defineStream(group: string, stream: string): void;
  group(name: string): LogGroup | undefined;
  /** By name. */
  groups(): readonly LogGroup[];
  /** Writes out what is gathered. */
  close(): Promise<void>;
}

export interface LogsOptions {
  /** The state folder of the logs. Groups of earlier runs are found there. */
  readonly dir: string;
  /** What a group may take on disk; the oldest quarter goes first. @default 32 MB */
  readonly groupBytes?: number;
  /** Called when lines could not be written. @default console.error */
  readonly report?: (problem: string) => void;
}

/** Opens the logs of a state folder. */
export const openLogs = ({
  dir,
  groupBytes = 32 * 1024 * 1024,
  report = (problem) => console.error(problem),
}: LogsOptions): Logs => {
  const groups = new Map<string, LogGroup>();

  const open = (name: string): LogGroup => {
    const options = { dir: join(dir, encodeURIComponent(name)), name, segmentBytes: groupBytes / 4, report };
    const group = groups.get(name) ?? openLogGroup(options);
    groups.set(name, group);
    return group;
  };

  mkdirSync(dir, { recursive: true });
  for (const entry of readdirSync(dir, { withFileTypes: true }))
    if (entry.isDirectory()) open(decodeURIComponent(entry.name));

  return {
    write(group, stream, message) {
      try {
        open(group).append(stream, message);
      } catch (error) {
        report(`log group ${group} could not be made, a line is lost: ${(error as Error).message}`);
      }
    },
    defineGroup(name, { retentionDays } = {}) {
      open(name).retentionDays = retentionDays;
    },
    defineStream: (group, stream) => void open(group).declaredStreams.add(stream),
    group: (name) => groups.get(name),
    groups: () => [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    async close() {
      await Promise.all([...groups.values()].map((group) => group.flush()));
    },
  };
};
