import { buildStack, type BuiltStack } from './build-stack.ts';
import type { ResourceKinds } from './resource-kind.ts';
import { stacksInOrder } from './stack-order.ts';
import type { Stack } from './template.ts';
import { webSocketAddresses } from './websocket-address.ts';

export interface BuildOptions {
  readonly stacks: readonly Stack[];
  /** What the engines build, by CloudFormation type. */
  readonly kinds: ResourceKinds;
  /** The local parameter store: what stacks have published so far, and what people put. */
  readonly parameter: (name: string) => string | undefined;
  /** Of the AWS endpoint: addresses of WebSocket APIs are rewritten to it. */
  readonly port: number;
}

/** What runs after start-up, and what of the templates does not. */
export interface BuiltPlatform {
  /** In the order in which they were built. */
  readonly stacks: readonly BuiltStack[];
  /** Types with nothing to run on a laptop (roles, policies, …), most frequent first. */
  readonly notRunHere: readonly { readonly type: string; readonly count: number }[];
  /** Settings that do not act here yet, each with its stack and resource. */
  readonly notHonoured: readonly string[];
  /** Where an execute-api address became the platform's own. */
  readonly rewritten: readonly string[];
}

/**
 * Builds every resource of the stacks on the engines, each after what it refers to.
 *
 * @throws TemplateError at the first thing that cannot be built; what was built before stays
 * @throws CycleError when stacks or resources need each other in a ring
 */
export const buildPlatform = async ({ stacks, kinds, parameter, port }: BuildOptions): Promise<BuiltPlatform> => {
  const addresses = webSocketAddresses(port);
  const built: BuiltStack[] = [];
  const passive: string[] = [];
  const notHonoured: string[] = [];
  const rewritten: string[] = [];
  for (const stack of stacksInOrder(stacks)) {
    built.push(
      await buildStack(stack, {
        kinds,
        parameter,
        addresses,
        onPassive: (type) => passive.push(type),
        onNotHonoured: (setting) => notHonoured.push(setting),
        onRewritten: (where) => rewritten.push(where),
      }),
    );
  }
  return { stacks: built, notRunHere: counted(passive), notHonoured, rewritten };
};

const counted = (types: readonly string[]): { type: string; count: number }[] => {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .sort((a, b) => b.count - a.count || a.type.localeCompare(b.type));
};
