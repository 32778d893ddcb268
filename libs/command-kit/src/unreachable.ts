import type { AwsTarget } from './aws-target.ts';
import { CommandError } from './run-command.ts';

/** What a connection fails with when there is nobody, or no way there: system errors of connect(2), and of Node's DNS. */
const noConnection = /^(ECONN|ENOTFOUND|EAI_|EHOST|ENETUNREACH|ETIMEDOUT|EPIPE)/;

/**
 * Why an AWS client had no answer at all, in one line, and what to do.
 *
 * @returns nothing for any other error: somebody did answer, or was not even asked
 */
export const unreachable = (
  error: unknown,
  { stage, client }: AwsTarget,
  env: NodeJS.ProcessEnv = process.env,
): string | undefined => {
  const { name, code = '', message } = error as NodeJS.ErrnoException;
  if (name === 'CredentialsProviderError') return `there are no AWS credentials for stage ${stage}: ${message}`;
  if (name !== 'TimeoutError' && !noConnection.test(code)) return undefined;
  if (stage !== 'local') return `stage ${stage} cannot be reached: ${message || code}`;
  return client.endpoint === undefined
    ? `nothing answers at ${env.AWS_ENDPOINT_URL}, which AWS_ENDPOINT_URL names`
    : `nothing answers at ${client.endpoint}: start the platform with npm start, or name the folder that it runs on with --dir`;
};

/**
 * Does what asks a target.
 *
 * @throws CommandError that says what to do when nobody answers there; any other error as it comes
 */
export const asking = async <Answer>(target: AwsTarget, work: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await work();
  } catch (error) {
    const reason = unreachable(error, target);
    throw reason === undefined ? error : new CommandError(reason, { cause: error });
  }
};
