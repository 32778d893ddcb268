import { join } from 'node:path';
import { BreakingChangeError, publish } from '../contract/publish.ts';

// npx nx run telemetry-schema:publish: what the schema promises now becomes the published contract.
try {
  process.stdout.write(`${publish(join(import.meta.dirname, '..', '..', '..'))}\n`);
} catch (error) {
  if (!(error instanceof BreakingChangeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
