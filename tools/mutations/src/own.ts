import type { aWorkspaceCopy } from '@acme/local/platform/a-workspace-copy';
import type { Mutation } from './mutation.ts';
import { failsWithout, tryMutation } from './try-mutation.ts';
import type { Verdict } from './verdict.ts';

/** A mutation and what its tests said of it. */
export interface Tried {
  readonly mutation: Mutation;
  readonly verdict: Verdict;
}

interface Trying {
  readonly aCopy: typeof aWorkspaceCopy;
  /** Copies that are tried side by side. */
  readonly workers: number;
  /** Told of each mutation when its tests have ended. */
  readonly tried: (one: Tried, done: number, all: number) => void;
  readonly stop: AbortSignal;
}

/**
 * Tries mutations, each in a copy of the repository. The tests of each are run without it first: what is red anyway shows
 * nothing.
 *
 * @returns what came of each, in their order; when stopped, of those that had ended
 */
export const tryAll = async (
  mutations: readonly Mutation[],
  { aCopy, workers, tried, stop }: Trying,
): Promise<Tried[]> => {
  const results = new Map<Mutation, Tried>();
  // Those that share their tests stay together: these run once without any.
  const groups = [...Map.groupBy(mutations, ({ tests, titled }) => JSON.stringify([tests, titled])).values()];
  const end = (mutation: Mutation, verdict: Verdict): void => {
    if (stop.aborted) return;
    const one = { mutation, verdict };
    results.set(mutation, one);
    tried(one, results.size, mutations.length);
  };
  const work = async (): Promise<void> => {
    const copy = await aCopy();
    try {
      for (let group = groups.shift(); group && !stop.aborted; group = groups.shift()) {
        const why = await failsWithout(copy.folder, group[0] as Mutation, stop);
        for (const mutation of group) {
          if (stop.aborted) return;
          end(mutation, why === undefined ? await tryMutation(copy.folder, mutation, stop) : { kind: 'unclear', why });
        }
      }
    } finally {
      await copy.remove();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, groups.length) }, work));
  return mutations.flatMap((mutation) => results.get(mutation) ?? []);
};
