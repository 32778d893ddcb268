import type * as z from 'zod';

/** Where a resource stands in the templates. */
export interface ResourcePlace {
  readonly stack: string;
  readonly logicalId: string;
  /** The name it gets when the template gives none: as CloudFormation makes them, from stack and logical id. */
  readonly generatedName: string;
}

/** What the rest of the templates may know of a resource that has been built. */
export interface BuiltResource {
  /** The value of `Ref`. */
  readonly ref: string;
  /** The values of `Fn::GetAtt`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Settings of the template that do not act here yet; start-up lists them. */
  readonly notHonoured?: readonly string[];
}

/**
 * How one CloudFormation type is built on the laptop. `properties` is strict (z.strictObject): a property that it does
 * not list stops the start-up with an error that names stack, resource and property, so that nothing which would
 * change behaviour is passed over in silence. Property values arrive with all intrinsics resolved; `Tags` need not be
 * listed.
 */
export interface ResourceKind<Properties = never> {
  readonly properties: z.ZodType<Properties>;
  build(properties: Properties, place: ResourcePlace): Promise<BuiltResource> | BuiltResource;
}

/** CloudFormation type to its kind, as each engine's `resource.ts` offers them. */
export type ResourceKinds = Readonly<Record<string, ResourceKind>>;

/** Ties a schema and its builder together, so that the builder gets the parsed type. */
export const resourceKind = <Properties>(
  properties: z.ZodType<Properties>,
  build: ResourceKind<Properties>['build'],
): ResourceKind => ({ properties, build }) as unknown as ResourceKind;
