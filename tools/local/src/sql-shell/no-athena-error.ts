/** There is no Athena to ask, or no work group in it. For people: says what to do. */
export class NoAthenaError extends Error {
  override readonly name = 'NoAthenaError';
}

/** Why an AWS client got no answer at all, and what to do; undefined for any other error. */
export const unreachable = (error: unknown, endpoint?: string): string | undefined => {
  const { name, code, message } = error as NodeJS.ErrnoException;
  if (name === 'CredentialsProviderError') return `There are no AWS credentials: ${message}`;
  if (name !== 'TimeoutError' && !/^(ECONN|ENOTFOUND|EAI_|EHOST|EPIPE)/.test(code ?? '')) return undefined;
  return `Nothing answers${endpoint ? ` at ${endpoint}` : ''}: run npm start, or name the folder it runs in with --dir.`;
};
