// Synthesises CDK apps one after the other in this process, so that CDK is loaded once.
//   node synth-child.ts '[{ "main": "…/infra/main.ts", "outDir": "…", "context": {} }]'
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Job {
  readonly main: string;
  readonly outDir: string;
  readonly context: Readonly<Record<string, unknown>>;
}

for (const { main, outDir, context } of JSON.parse(process.argv[2] ?? '[]') as Job[]) {
  // The way in which the CDK command line talks to an app.
  process.env['CDK_OUTDIR'] = outDir;
  process.env['CDK_CONTEXT_JSON'] = JSON.stringify(context);
  try {
    await import(pathToFileURL(main).href);
  } catch (error) {
    process.stderr.write(
      `${basename(dirname(dirname(main)))}: ${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exit(1);
  }
}
// Each app has synthesised; without this every one would do so again as the process ends.
process.exit(0);
