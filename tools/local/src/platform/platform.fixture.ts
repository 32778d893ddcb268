// The platform as a user starts it, for tests: a process of its own, on free ports and a temporary folder.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endStale, endsWithUs, platformPorts } from '@acme/laptop-aws/machine';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const root = join(import.meta.dirname, '../../../..');

/** A program of the repository that has ended. */
export interface Ended {
  /** -1 when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of a test and two ports, and what can be run on them. */
export interface Place {
  readonly dir: string;
  readonly port: number;
  readonly awsPort: number;
  /** The settings of any AWS client. */
  readonly client: {
    readonly region: string;
    readonly endpoint: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** npm start. Resolves when it says that it is ready. */
  start(...options: readonly string[]): Promise<Running>;
  /** Any program, with these arguments and nothing else. */
  run(program: string, ...args: readonly string[]): Promise<Ended>;
  /** npm start, on this place, until it ends by itself. */
  startToEnd(...options: readonly string[]): Promise<Ended>;
  /** npm run sql, as JSON. */
  sql(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** The answer of a function; a failure of it rejects. */
  invoke(name: string, payload: unknown): Promise<unknown>;
  /** Processes that work on this folder, by their command lines. */
  processes(): Promise<readonly string[]>;
  /** Ends what still runs and removes the folder. */
  close(): Promise<void>;
}

export interface Running {
  readonly ended: Promise<Ended>;
  /** Both streams so far. */
  output(): string;
  kill(signal: NodeJS.Signals): Promise<Ended>;
}

/** A place of its own for a test; nothing runs there yet. */
export const aPlace = async (): Promise<Place> => {
  const dir = await mkdtemp(join(tmpdir(), 'acme-platform-'));
  const { port, awsPort } = await platformPorts();
  const children = new Set<ChildProcess>();
  const client = {
    region: 'us-west-2',
    endpoint: `http://127.0.0.1:${awsPort}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const common = ['--dir', dir, '--port', String(port), '--aws-port', String(awsPort)];
  const lambda = new LambdaClient(client);

  const launch = (program: string, args: readonly string[]): Running & { readonly child: ChildProcess } => {
    const child = spawn(process.execPath, [join(root, program), ...args], {
      env: { ...process.env, TZ: 'UTC', NODE_OPTIONS: '', FORCE_COLOR: '0' }, // Nx asks its tasks for colours
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.add(child);
    endsWithUs(child); // a test run that is killed leaves no platform behind
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text));
    const ended = once(child, 'close').then(([code]) => {
      children.delete(child);
      return { code: (code as number | null) ?? -1, ...said };
    });
    return {
      child,
      ended,
      output: () => said.stdout + said.stderr,
      kill: (signal) => {
        child.kill(signal);
        return ended;
      },
    };
  };

  return {
    dir,
    port,
    awsPort,
    client,
    start: async (...options) => {
      const running = launch('tools/local/src/main.ts', [...common, ...options]);
      const ready = new Promise<void>((resolve) =>
        running.child.stdout?.on('data', () => /^ready /m.test(running.output()) && resolve()),
      );
      await Promise.race([ready, running.ended]);
      if (running.child.exitCode !== null) throw new Error(`it did not start:\n${running.output()}`);
      return running;
    },
    run: (program, ...args) => launch(program, args).ended,
    startToEnd: (...options) => launch('tools/local/src/main.ts', [...common, ...options]).ended,
    sql: async (statement) => {
      const { code, stdout, stderr } = await launch('tools/local/src/sql/main.ts', [...common, '--json', statement])
        .ended;
      if (code !== 0) throw new Error(stderr);
      return JSON.parse(stdout) as Readonly<Record<string, unknown>>[];
    },
    invoke: async (name, payload) => {
      const { Payload, FunctionError } = await lambda.send(
        new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(payload) }),
      );
      const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8'));
      if (FunctionError) throw new Error(`${name}: ${JSON.stringify(answer)}`);
      return answer;
    },
    processes: async () => {
      const ps = spawn('ps', ['-eo', 'command='], { stdio: ['ignore', 'pipe', 'ignore'] });
      let lines = '';
      ps.stdout.setEncoding('utf8').on('data', (text: string) => (lines += text));
      await once(ps, 'close');
      return lines.split('\n').filter((line) => line.includes(dir));
    },
    close: async () => {
      lambda.destroy();
      for (const child of children) child.kill('SIGKILL');
      // The engines of a platform that was killed end by themselves; this waits for it.
      for (const engine of ['dynamodb', 'kafka/broker-1']) await endStale(join(dir, engine, 'pid'), dir);
      await Promise.all([...children].map((child) => once(child, 'close')));
      await rm(dir, { recursive: true, force: true });
    },
  };
};
