import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformPorts } from '@acme/laptop-aws/machine';
import { type PlatformOptions, type RunningPlatform, startPlatform } from '../src/platform/start-platform.ts';
import { Progress } from '../src/terminal/progress.ts';

/** A platform of this process, as `npm start` runs it but for its traffic. */
export interface Place {
  readonly platform: RunningPlatform;
  /** Its state folder. */
  readonly dir: string;
  readonly pageUrl: string;
  readonly endpoint: string;
}

/** Starts a platform on free ports and an empty state folder, and leaves nothing of it behind, even when interrupted. */
export const onAPlatform = async (
  use: (place: Place) => Promise<void>,
  options: Pick<PlatformOptions, 'context' | 'transport'> = {},
): Promise<void> => {
  const dir = await mkdtemp(join(tmpdir(), 'acme-bench-'));
  const { port, awsPort } = await platformPorts();
  let platform: RunningPlatform | undefined;
  const leave = async (): Promise<void> => {
    await platform?.stop();
    await rm(dir, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void leave().finally(() => process.exit(130)));
  }
  try {
    platform = await startPlatform({ schedules: false, ...options, dir, port, awsPort }, new Progress(process.stderr));
    await use({ platform, dir, pageUrl: `http://127.0.0.1:${port}`, endpoint: `http://127.0.0.1:${awsPort}` });
  } finally {
    await leave();
  }
};
