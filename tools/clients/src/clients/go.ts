import { join } from 'node:path';
import { type Report, reportsOf } from '../report.ts';
import { runProgram } from '../run-program.ts';
import type { Against } from './against.ts';

const program = join(import.meta.dirname, '../programs/go');

/** The AWS SDK for Go, built in place: its modules are those of go.sum. */
export const goSdk = async (go: string, { env, place }: Against): Promise<Report[]> => {
  const binary = join(place.dir, 'go-client');
  const { HOME, GOPROXY, GOFLAGS, GOMODCACHE, GOCACHE } = process.env;
  const ofTheMachine = { ...env, HOME, GOPROXY, GOFLAGS, GOMODCACHE, GOCACHE, GOTOOLCHAIN: 'local' };
  const built = await runProgram([go, 'build', '-mod=readonly', '-o', binary, '.'], {
    env: ofTheMachine,
    cwd: program,
  });
  if (built.code !== 0) throw new Error(`the Go client cannot be built:\n${built.stderr.slice(-2_000)}`);
  return reportsOf('Go', await runProgram([binary], { env }));
};
