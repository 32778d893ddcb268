import type { Settings } from './settings.ts';

/**
 * A name that commands and outputs print, for a stage. The stages dev and local use it bare; any other stage stands
 * after its first word, in the name's own style.
 *
 * acme-data-generator -> acme-prod-data-generator, acme_telemetry -> acme_prod_telemetry,
 * AcmeKinesisStack -> AcmeProdKinesisStack, /aws/firehose/acme-x -> /aws/firehose/acme-prod-x
 */
export const named = ({ stage }: Pick<Settings, 'stage'>, name: string): string => {
  if (stage === 'dev' || stage === 'local') return name;
  const last = name.lastIndexOf('/') + 1;
  const [prefix, own] = [name.slice(0, last), name.slice(last)];
  const separator = /[-_]/.exec(own)?.[0];
  if (separator) return prefix + own.replace(separator, `${separator}${stage}${separator}`);
  const capitalised = stage.charAt(0).toUpperCase() + stage.slice(1);
  return prefix + own.replace(/^([A-Z][a-z0-9]*)/, `$1${capitalised}`);
};
