import type { LambdaError } from './protocol.ts';

/** What was thrown, as Lambda's Node.js runtime shows it; anything can be thrown, so nothing is taken for granted. */
export const asLambdaError = (thrown: unknown): LambdaError => {
  if (thrown instanceof Error || (typeof thrown === 'object' && thrown !== null && 'message' in thrown)) {
    const { name, message, stack } = thrown as Error;
    return {
      errorType: String(name ?? 'Error'),
      errorMessage: String(message),
      trace: typeof stack === 'string' ? stack.split('\n') : [],
    };
  }
  return { errorType: typeof thrown, errorMessage: shown(thrown), trace: [] };
};

const shown = (value: unknown): string => {
  try {
    return String(value);
  } catch {
    return 'a value that has no text';
  }
};
