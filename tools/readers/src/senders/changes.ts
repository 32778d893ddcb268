import { type Spelling, spelledNumber, spelledText } from './spelling.ts';

/** An event as the text that it is sent as: its names and values are JSON. */
export type Members = readonly { readonly name: string; readonly value: string }[];

/** What a sender does to an event, in the text of it. `at` counts among what the change is about, round and round. */
export type Change =
  | { readonly kind: 'text'; readonly at: number; readonly text: string; readonly as: readonly Spelling[] }
  | { readonly kind: 'number'; readonly at: number; readonly number: string }
  | { readonly kind: 'time'; readonly time: string }
  | { readonly kind: 'respelled'; readonly at: number; readonly as: readonly Spelling[]; readonly way: number }
  | { readonly kind: 'value'; readonly at: number; readonly value: string }
  | { readonly kind: 'left out'; readonly at: number }
  | {
      readonly kind: 'again';
      readonly at: number;
      readonly name: Variant;
      readonly value: string | undefined;
      readonly to: number;
    }
  | { readonly kind: 'unknown'; readonly name: string; readonly value: string; readonly to: number }
  | { readonly kind: 'names'; readonly name: Variant }
  | { readonly kind: 'turned'; readonly by: number };

/** A name as it is, or one that some readers take for it. */
export const variants = ['same', 'escaped', 'upper', 'capital', 'snake', 'camel', 'spaced', 'with NUL'] as const;
export type Variant = (typeof variants)[number];

/** What people may write freely, and times, by their names in events. */
const texts = new Set([
  'pageUrl',
  'region',
  'paymentMethod',
  'signupMethod',
  'campaignSource',
  'elementId',
  'elementType',
  'errorType',
  'errorMessage',
]);
const times = new Set(['event_timestamp', 'timestamp']);

/** The members of an event, which changes go to. */
export const membersOf = (event: object): Members =>
  Object.entries(event).map(([name, value]) => ({ name: JSON.stringify(name), value: JSON.stringify(value) }));

export const changed = (members: Members, change: Change): Members => {
  switch (change.kind) {
    case 'text':
      return withValue(members, isText, change.at, () => spelledText(change.text, change.as));
    case 'number':
      return withValue(members, isNumber, change.at, () => change.number);
    case 'time':
      return withValue(members, isTime, 0, () => JSON.stringify(change.time));
    case 'respelled':
      return withValue(members, anyMember, change.at, (value) => respelled(value, change));
    case 'value':
      return withValue(members, anyMember, change.at, () => change.value);
    case 'left out':
      return members.length < 2 ? members : members.toSpliced(change.at % members.length, 1);
    case 'again': {
      const { name, value } = members[change.at % members.length] as Members[number];
      const again = { name: variantOf(name, change.name), value: change.value ?? value };
      return members.toSpliced(change.to % (members.length + 1), 0, again);
    }
    case 'unknown':
      return members.toSpliced(change.to % (members.length + 1), 0, change);
    case 'names':
      return members.map(({ name, value }) => ({ name: variantOf(name, change.name), value }));
    case 'turned': {
      const by = change.by % members.length;
      return [...members.slice(by), ...members.slice(0, by)];
    }
  }
};

const anyMember = (): boolean => true;
const isText = ({ name }: Members[number]): boolean => texts.has(plain(name));
const isTime = ({ name }: Members[number]): boolean => times.has(plain(name));
const isNumber = ({ value }: Members[number]): boolean => /^-?\d/.test(value);

/** The value of the member that is counted, among those of a kind, changed; nothing when there are none. */
const withValue = (
  members: Members,
  isOne: (member: Members[number]) => boolean,
  at: number,
  change: (value: string) => string,
): Members => {
  const ones = members.filter(isOne);
  const one = ones[at % ones.length];
  return members.map((member) => (member === one ? { ...member, value: change(member.value) } : member));
};

const respelled = (value: string, { as, way }: Extract<Change, { kind: 'respelled' }>): string => {
  const read = readable(value);
  if (typeof read === 'string') return spelledText(read, as);
  return typeof read === 'number' ? spelledNumber(read, way) : value;
};

const variantOf = (name: string, variant: Variant): string => {
  const text = plain(name);
  switch (variant) {
    case 'same':
      return name;
    case 'escaped':
      return spelledText(text, ['lower', 'itself', 'upper']);
    case 'upper':
      return JSON.stringify(text.toUpperCase());
    case 'capital':
      return JSON.stringify(text.slice(0, 1).toUpperCase() + text.slice(1));
    case 'snake':
      return JSON.stringify(text.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
    case 'camel':
      return JSON.stringify(text.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
    case 'spaced':
      return JSON.stringify(`${text} `);
    case 'with NUL':
      return JSON.stringify(`${text}\0`);
  }
};

const plain = (name: string): string => String(readable(name));

const readable = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // a change before this one left no JSON
  }
};

/** The text of an event, with blanks between its tokens. */
export const textOf = (members: Members, blank: string): string =>
  `{${members.map(({ name, value }) => `${blank}${name}${blank}:${blank}${value}${blank}`).join(',')}}`;
