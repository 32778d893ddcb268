import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A function's code, as Lambda's runtime for Node.js 24 calls it: it answers or throws, and takes no callback. */
export type Handler = (event: unknown, context: unknown) => unknown;

class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = `Runtime.${name}`;
  }
}

/**
 * Imports `file.export` from the code folder, in the order of Lambda's runtime: .js, .mjs, .cjs.
 *
 * @throws an error named as Lambda names it, or whatever the module threw while it was imported
 */
export const loadHandler = async (codeDir: string, handler: string): Promise<Handler> => {
  const [, module, name] = /^(.*?[^/]*?)\.([^/]+)$/.exec(handler) ?? [];
  if (!module || !name) throw new RuntimeError('MalformedHandlerName', 'Bad handler: it must read <file>.<export>');
  const file = ['.js', '.mjs', '.cjs'].map((ending) => join(codeDir, module + ending)).find(existsSync);
  if (!file) throw new RuntimeError('ImportModuleError', `Error: Cannot find module '${module}'`);

  const exports: unknown = await imported(pathToFileURL(file).href);
  const found = memberOf(exports, name) ?? memberOf((exports as { default?: unknown }).default, name);
  if (typeof found !== 'function')
    throw new RuntimeError('HandlerNotFound', `${handler} is undefined or not exported as a function`);
  if (found.length >= 3)
    throw new RuntimeError(
      'CallbackHandlerDeprecated',
      'callback-based handlers ended with Node.js 24: make the handler an async function',
    );
  return found as Handler;
};

const imported = async (url: string): Promise<unknown> => {
  try {
    return await import(url);
  } catch (error) {
    if (error instanceof SyntaxError) error.name = 'Runtime.UserCodeSyntaxError';
    throw error;
  }
};

const memberOf = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((holder, key) => (holder as Record<string, unknown> | undefined)?.[key], value);
