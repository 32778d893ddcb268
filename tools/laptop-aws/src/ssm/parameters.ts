import { join } from 'node:path';
import * as z from 'zod';
import { AwsError } from '../aws/aws-error.ts';
import { stateFile } from '../aws/state-file.ts';

const Parameter = z.object({
  name: z.string(),
  type: z.enum(['String', 'StringList', 'SecureString']),
  value: z.string(),
  description: z.string().optional(),
  version: z.number(),
  modifiedMs: z.number(),
});
export type Parameter = Readonly<z.infer<typeof Parameter>>;

/** What is put: a parameter without what the store adds. */
export type NewParameter = Pick<Parameter, 'name' | 'type' | 'value' | 'description'>;

/** The laptop's parameter store. Parameters of the templates are made anew at each start; those that people put stay. */
export interface Parameters {
  get(name: string): Parameter | undefined;
  /** By name. */
  all(): readonly Parameter[];
  /** Takes a template's parameter; it wins over one that was put before this start. */
  declare(parameter: NewParameter): void;
  /**
   * @returns the version it now has
   * @throws AwsError ParameterAlreadyExists
   */
  put(parameter: NewParameter, overwrite: boolean): Promise<number>;
  /** @throws AwsError ParameterNotFound */
  remove(name: string): Promise<void>;
}

/** @param dir the state folder; what people put is in its ssm/parameters.json */
export const openParameters = async (dir: string): Promise<Parameters> => {
  const file = stateFile(join(dir, 'ssm', 'parameters.json'), z.array(Parameter));
  const stored = new Map((await file.read())?.map((parameter) => [parameter.name, parameter]));
  const declared = new Set<string>();

  const keep = (parameter: NewParameter): Parameter => {
    const version = (stored.get(parameter.name)?.version ?? 0) + 1;
    const kept = { ...parameter, version, modifiedMs: Date.now() };
    stored.set(parameter.name, kept);
    return kept;
  };
  const save = () => file.write([...stored.values()].filter(({ name }) => !declared.has(name)));

  return {
    get: (name) => stored.get(name),
    all: () => [...stored.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    declare: (parameter) => {
      declared.add(parameter.name);
      keep(parameter);
    },
    put: async (parameter, overwrite) => {
      if (!overwrite && stored.has(parameter.name)) {
        throw new AwsError('ParameterAlreadyExists', 'The parameter already exists; set Overwrite to replace it.');
      }
      const { version } = keep(parameter);
      await save();
      return version;
    },
    remove: async (name) => {
      if (!stored.delete(name)) throw parameterNotFound();
      await save();
    },
  };
};

export const parameterNotFound = (): AwsError =>
  new AwsError('ParameterNotFound', 'The parameter store has no parameter of that name.');
