import * as z from 'zod';

/** What a command is. */
export interface Command<Options extends z.ZodObject = z.ZodObject> {
  /** As it is typed, up to its options: `npm start --`. */
  readonly usage: string;
  /** What it does, in a sentence or two. */
  readonly does: string;
  /**
   * Its options by their names in camel case: `awsPort` is `--aws-port`. What an option is for stands in its
   * `.describe(…)`, what it takes in its `.meta({ takes })`.
   */
  readonly options: Options;
  /** What stands beside the options, such as `"<statement>"`. @default nothing may */
  readonly words?: string;
}

/** `awsPort` as it is typed, without its dashes: `aws-port`. */
export const optionName = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What an option's value is, whether or not it may be missing. */
export const valueOf = (schema: z.ZodType): z.ZodType => {
  const inner = innerOf(schema);
  return inner === undefined ? schema : valueOf(inner);
};

/** What it takes, as its schema says it, for instance `a folder`. */
export const takes = (schema: z.ZodType): string | undefined =>
  fact(schema, ({ takes: said }) => said as string | undefined);

/** What it is for. */
export const purpose = (schema: z.ZodType): string | undefined => fact(schema, ({ description }) => description);

/** What counts where it is not given. */
export const standard = (schema: z.ZodType): unknown => {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return schema.def.defaultValue;
  const inner = innerOf(schema);
  return inner && standard(inner);
};

const fact = (schema: z.ZodType, of: (meta: z.GlobalMeta) => string | undefined): string | undefined => {
  const said = of(schema.meta() ?? {});
  if (said !== undefined) return said;
  const inner = schema instanceof z.ZodArray ? (schema.element as z.ZodType) : innerOf(schema);
  return inner && fact(inner, of);
};

/** What a schema adds a default, a freedom or a conversion to. */
const innerOf = (schema: z.ZodType): z.ZodType | undefined => {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional)
    return schema.unwrap() as z.ZodType;
  return schema instanceof z.ZodPipe ? (schema.in as z.ZodType) : undefined;
};
