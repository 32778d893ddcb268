import { setTimeout as wait } from 'node:timers/promises';
import { GetParametersCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { Template } from './assembly.ts';

/** The contract keys (SSM parameter names) that templates read and do not publish themselves. */
export const keysRead = (templates: readonly Template[]): string[] => {
  const read = templates.flatMap(({ Parameters = {} }) =>
    Object.values(Parameters).flatMap(({ Type, Default }) =>
      Type.startsWith('AWS::SSM::Parameter::Value') && Default?.startsWith('/acme/') ? [Default] : [],
    ),
  );
  const published = new Set(
    templates.flatMap(({ Resources }) =>
      Object.values(Resources).flatMap(({ Type, Properties }) =>
        Type === 'AWS::SSM::Parameter' ? [Properties?.Name] : [],
      ),
    ),
  );
  return [...new Set(read)].filter((name) => !published.has(name)).sort();
};

/**
 * Waits until every key is there: on a new account, and when owner and reader change together, the apps deploy side
 * by side.
 *
 * @throws KeysMissingError after ten minutes, naming the keys and the apps that publish them
 */
export const waitForKeys = async (
  keys: readonly string[],
  client: Pick<SSMClient, 'send'>,
  onWait: (missing: readonly string[]) => void,
  { minutes = 10, everyMs = 5_000 } = {},
): Promise<void> => {
  const deadline = Date.now() + minutes * 60_000;
  let told = '';
  for (;;) {
    const missing = await missingOf(keys, client);
    if (missing.length === 0) return;
    if (Date.now() >= deadline) throw new KeysMissingError(missing);
    if (told !== missing.join()) onWait(missing);
    told = missing.join();
    await wait(everyMs);
  }
};

/** GetParameters takes at most 10 names (SSM API reference). */
const missingOf = async (keys: readonly string[], client: Pick<SSMClient, 'send'>): Promise<string[]> => {
  const missing: string[] = [];
  for (let at = 0; at < keys.length; at += 10) {
    const { InvalidParameters = [] } = await client.send(new GetParametersCommand({ Names: keys.slice(at, at + 10) }));
    missing.push(...InvalidParameters);
  }
  return missing.sort();
};

/** Values that another app publishes are not there. */
export class KeysMissingError extends Error {
  override readonly name = 'KeysMissingError';

  constructor(missing: readonly string[]) {
    const owners = [...new Set(missing.map((name) => name.split('/')[3]))];
    super(`nobody has published ${missing.join(', ')}; deploy ${owners.join(', ')} first`);
  }
}
