import * as z from 'zod';
import { AwsError } from '../aws/aws-error.ts';
import { checkedInput } from '../aws/checked-input.ts';
import { arn } from '../aws/identity.ts';
import { jsonService } from '../aws/json-service.ts';
import { page } from '../aws/page.ts';
import type { AwsService } from '../aws/service.ts';

import { type Parameter, parameterNotFound, type Parameters } from './parameters.ts';

const Name = z.string().min(1).max(2048).transform(withoutArn);
const WithDecryption = z.boolean().optional();
const Paged = { MaxResults: z.number().int().min(1).max(50).optional(), NextToken: z.string().optional() };

const Put = z.object({
  Name: z
    .string()
    .min(1)
    .max(1011)
    .regex(/^[A-Za-z0-9_.\-/]+$/, 'takes letters, digits and . - _ / only'),
  // 8 KB is the limit of the advanced tier (SSM service quotas).
  Value: z
    .string()
    .min(1)
    .refine((value) => Buffer.byteLength(value) <= 8192, 'is over 8192 bytes'),
  Type: z.enum(['String', 'StringList', 'SecureString']).optional(),
  Description: z.string().max(1024).optional(),
  Overwrite: z.boolean().default(false),
});

const ByPath = z.strictObject({
  Path: z.string().startsWith('/'),
  Recursive: z.boolean().default(false),
  WithDecryption,
  ...Paged,
});

const Describe = z.strictObject({
  ParameterFilters: z
    .array(
      z.strictObject({
        Key: z.literal('Name'),
        Option: z.enum(['Equals', 'BeginsWith', 'Contains']).default('Equals'),
        Values: z.array(z.string()).min(1),
      }),
    )
    .default([]),
  ...Paged,
});

/** SSM's parameter store: what people and scripts read contract names from. SecureString is kept like String. */
export const ssmService = (parameters: Parameters): AwsService =>
  jsonService({
    PutParameter: checkedInput(Put, async ({ Name: name, Value, Type, Description, Overwrite }) => {
      const type = Type ?? parameters.get(name)?.type;
      if (!type) throw new AwsError('ValidationException', 'Type: is needed for a new parameter');
      return {
        Version: await parameters.put({ name, value: Value, type, description: Description }, Overwrite),
        Tier: 'Standard',
      };
    }),
    GetParameter: checkedInput(z.object({ Name, WithDecryption }), ({ Name: name }) => {
      const parameter = parameters.get(name);
      if (!parameter) throw parameterNotFound();
      return { Parameter: withValue(parameter) };
    }),
    GetParameters: checkedInput(z.object({ Names: z.array(Name).min(1).max(10), WithDecryption }), ({ Names }) => ({
      Parameters: Names.flatMap((name) => parameters.get(name) ?? []).map(withValue),
      InvalidParameters: Names.filter((name) => !parameters.get(name)),
    })),
    GetParametersByPath: checkedInput(ByPath, ({ Path, Recursive, MaxResults, NextToken }) => {
      const below = Path.endsWith('/') ? Path : `${Path}/`;
      const found = parameters
        .all()
        .filter(({ name }) => name.startsWith(below) && (Recursive || !name.slice(below.length).includes('/')));
      return page('Parameters', found.map(withValue), MaxResults ?? 10, NextToken);
    }),
    DescribeParameters: checkedInput(Describe, ({ ParameterFilters, MaxResults, NextToken }) => {
      const found = parameters.all().filter(({ name }) =>
        ParameterFilters.every(({ Option, Values }) =>
          Values.some((wanted) => {
            if (Option === 'Equals') return name === wanted;
            return Option === 'Contains' ? name.includes(wanted) : name.startsWith(wanted);
          }),
        ),
      );
      return page('Parameters', found.map(metadata), MaxResults ?? 50, NextToken);
    }),
    DeleteParameter: checkedInput(z.object({ Name }), ({ Name: name }) => parameters.remove(name)),
  });

const metadata = ({ name, type, version, modifiedMs, description }: Parameter) => ({
  Name: name,
  Type: type,
  Version: version,
  LastModifiedDate: modifiedMs / 1000,
  ARN: arn('ssm', `parameter/${name.replace(/^\//, '')}`),
  DataType: 'text',
  Tier: 'Standard',
  Description: description,
});

const withValue = (parameter: Parameter) => {
  const { Description: _, Tier: __, ...rest } = metadata(parameter);
  return { ...rest, Value: parameter.value };
};

/** A parameter may be asked for by its ARN, in which the leading slash of a path is not repeated. */
function withoutArn(name: string): string {
  const path = /^arn:aws:ssm:[^:]*:[^:]*:parameter\/(.+)$/.exec(name)?.[1];
  if (path === undefined) return name;
  return path.includes('/') ? `/${path}` : path;
}
