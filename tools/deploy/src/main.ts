// node tools/node/run.mjs tools/deploy/src/main.ts <synth|diff|deploy|destroy> <app> [options of cdk]
// What the Nx targets of an app with a cdk.json run. STAGE chooses the stage (default dev). diff, deploy and destroy
// take exactly what synth wrote to dist/cdk/<stage>/<app>.
import { SSMClient } from '@aws-sdk/client-ssm';
import { assemblyFolder, readTemplates } from './assembly.ts';
import { cdk } from './cdk.ts';
import { emptyBuckets } from './empty-buckets.ts';
import { keysRead, waitForKeys } from './wait-for-keys.ts';

const verbs = ['synth', 'diff', 'deploy', 'destroy'] as const;
const [verb, app, ...options] = process.argv.slice(2) as [(typeof verbs)[number], string, ...string[]];
if (!verbs.includes(verb) || !app) fail(`usage: main.ts <${verbs.join('|')}> <app> [options of cdk]`);

const stage = process.env.STAGE || 'dev';
const assembly = assemblyFolder(stage, app);

if (verb === 'synth') process.exit(await cdk(['synth', '--quiet', '--output', assembly, ...options], `apps/${app}`));

const templates = readTemplates(assembly);
if (templates.length === 0) fail(`nothing is synthesised for ${app} in stage ${stage}; run nx run ${app}:synth first`);
const client = new SSMClient({ region: templates[0]?.region });
if (verb === 'deploy') {
  await waitForKeys(keysRead(templates), client, (missing) =>
    console.log(`${app}: waiting for ${missing.join(', ')}`),
  ).catch(fail);
}
if (verb === 'destroy') await emptyBuckets(templates).catch(fail);
// Nobody can be asked: Nx gives its tasks no terminal. CI puts broadened permissions behind an approval of its own.
const usual = { diff: [], deploy: ['--all', '--require-approval', 'never'], destroy: ['--all'] }[verb];
process.exit(await cdk([verb, ...usual, '--app', assembly, ...options], '.'));

function fail(reason: unknown): never {
  console.error(reason instanceof Error ? reason.message : reason);
  process.exit(1);
}
