import type { Contract, Field } from './contract.ts';
import { compareColumns } from './columns.ts';
import { compareRules } from './rules.ts';
import type { Change } from './change.ts';

const instead = {
  removed: 'keep it, marked .meta({ deprecated: true }); what replaces it comes beside it as a new optional field',
  retyped: 'keep it as it was; add an optional field of the new type beside it, under a new name',
  narrowed:
    'keep what was allowed, for events of earlier versions hold it; add an optional field with the narrower rule',
  required: 'make it .optional(): events of earlier versions do not carry it',
  whole: 'keep it; what replaces it comes beside it under a new name',
  version: 'raise it, or leave it as it was',
} as const;

/** Every difference between what was published and what is promised now, what is removed first. */
export const compareContracts = (published: readonly Contract[], current: readonly Contract[]): Change[] => {
  const named = (contracts: readonly Contract[], name: string): Contract | undefined =>
    contracts.find((contract) => contract.name === name);
  return [
    ...published
      .filter(({ name }) => !named(current, name))
      .map(({ name }) => ({ contract: name, what: ['is removed'], instead: instead.whole })),
    ...current.flatMap((now) => {
      const before = named(published, now.name);
      if (before) return compareContract(before, now);
      return [{ contract: now.name, what: [now.kind === 'table' ? 'is a new table' : 'is a new family'] }];
    }),
  ];
};

const compareContract = (before: Contract, now: Contract): Change[] => {
  const contract = before.name;
  const gone = eventTypesOf(before).filter((type) => !eventTypesOf(now).includes(type));
  const come = eventTypesOf(now).filter((type) => !eventTypesOf(before).includes(type));
  const ofType = (types: readonly string[], field: string): boolean =>
    types.some((type) => field.startsWith(`${type}.`));
  const names = [...new Set([...Object.keys(before.fields), ...Object.keys(now.fields)])];
  return [
    ...compareVersions(before, now),
    ...gone.map((field) => ({ contract, field, what: ['is removed'], instead: instead.whole })),
    ...come.map((field) => ({ contract, field, what: ['is a new event type'], widens: true as const })),
    ...names
      .filter((field) => !ofType([...gone, ...come], field))
      .flatMap((field) => compareField(contract, field, before.fields[field], now.fields[field])),
    ...compareColumns(before, now),
  ].reduce(joinField, []);
};

const eventTypesOf = ({ fields }: Contract): string[] => [
  ...new Set(Object.keys(fields).flatMap((field) => (field.includes('.') ? [field.slice(0, field.indexOf('.'))] : []))),
];

const compareVersions = (
  { name, schemaVersion: was = '' }: Contract,
  { schemaVersion: is = '' }: Contract,
): Change[] => {
  if (was === is) return [];
  const what = [`is of schema version ${is}, was ${was}`];
  return [{ contract: name, what, ...(Number(is) > Number(was) ? {} : { instead: instead.version }) }];
};

const compareField = (contract: string, field: string, before?: Field, now?: Field): Change[] => {
  if (!now) return [{ contract, field, what: ['is removed'], instead: instead.removed }];
  if (!before) {
    return now.required
      ? [{ contract, field, what: ['is new and required'], instead: instead.required }]
      : [{ contract, field, what: ['is new and optional'] }];
  }
  const { retyped, narrowed, widened } = compareRules(before.rules, now.rules);
  const required = !before.required && now.required ? ['is required, was optional'] : [];
  const loosened = before.required && !now.required ? ['is optional, was required'] : [];
  const deprecated = before.deprecated === now.deprecated ? [] : [now.deprecated ? 'is deprecated' : 'is back in use'];
  const broken =
    retyped.length > 0 ? 'retyped' : narrowed.length > 0 ? 'narrowed' : required.length > 0 ? 'required' : '';
  const what = [...retyped, ...narrowed, ...required, ...widened, ...loosened, ...deprecated];
  if (what.length === 0) return [];
  const widens = widened.length + loosened.length > 0;
  return [{ contract, field, what, ...(broken ? { instead: instead[broken] } : {}), ...(widens ? { widens } : {}) }];
};

/** A field's column and its rules are one change. */
const joinField = (changes: readonly Change[], next: Change): Change[] => {
  const same = changes.findIndex(({ field }) => field !== undefined && field === next.field);
  const before = changes[same];
  return before ? changes.with(same, { ...next, ...before, what: [...before.what, ...next.what] }) : [...changes, next];
};
