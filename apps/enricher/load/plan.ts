import { isDeepStrictEqual } from 'node:util';
import { freshUntilAttribute, type Item, itemOf, Version, versionAttribute } from '../src/dimensions/index.ts';
import type { KeyedRow } from './read-rows.ts';

/** What is to be done with one row of a source. */
export type Step =
  /** No item has its key: the item to write. */
  | { readonly kind: 'new'; readonly item: Item }
  /** An item has its key: what replaces it, on condition that it still has this version. */
  | { readonly kind: 'changed'; readonly item: Item; readonly seen: Item[string] | undefined }
  /** Its item says the same. */
  | { readonly kind: 'same' }
  /** Its item is of a newer version, and stays. */
  | { readonly kind: 'older' }
  /** Its item is of this very version, and says otherwise. */
  | { readonly kind: 'contradicts' };

/** What holds for all rows of a source. */
export interface Edition {
  /** Of all rows. @default they are the newest there are: one version after what they replace */
  readonly version?: number | undefined;
  /** Until when they are good, in seconds UTC. @default for ever */
  readonly freshUntil?: number | undefined;
}

/**
 * Decides about a row by the item that is there. A newer version replaces an older one, never an older a newer; the same
 * content again changes nothing but until when it is good.
 */
export const stepFor = ({ key, row }: KeyedRow, existing: Item | undefined, edition: Edition): Step => {
  const { version, freshUntil } = edition;
  const itemAt = (of: number): Item => itemOf({ key, version: of, row, freshUntil });
  if (existing === undefined) return { kind: 'new', item: itemAt(version ?? 1) };
  const seen = existing[versionAttribute];
  const before = versionOf(existing);
  if (before === undefined) return { kind: 'changed', item: itemAt(version ?? 1), seen };
  if (version !== undefined && version < before) return { kind: 'older' };
  const again = itemAt(before);
  if (!isDeepStrictEqual(rowAttributes(existing), rowAttributes(again)))
    return version === before
      ? { kind: 'contradicts' }
      : { kind: 'changed', item: itemAt(version ?? before + 1), seen };
  const item = itemAt(version ?? before);
  return isDeepStrictEqual(existing, item) ? { kind: 'same' } : { kind: 'changed', item, seen };
};

/** Of an item that somebody else has written, it may be none. */
const versionOf = (item: Item): number | undefined => Version.safeParse(Number(item[versionAttribute]?.N)).data;

const rowAttributes = ({ [versionAttribute]: _v, [freshUntilAttribute]: _f, ...attributes }: Item): Item => attributes;
