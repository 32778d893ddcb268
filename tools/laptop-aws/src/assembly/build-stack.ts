import { buildResource } from './build-resource.ts';
import { generatedName } from './generated-name.ts';
import { inOrder } from './order.ts';
import { isPassive, nameProperty, passiveResource } from './passive.ts';
import { referencesIn } from './references.ts';
import { resolver } from './resolve.ts';
import type { BuiltResource, ResourceKind, ResourceKinds } from './resource-kind.ts';
import type { Stack, TemplateResource } from './template.ts';
import { TemplateError } from './template-error.ts';
import type { WebSocketAddresses } from './websocket-address.ts';

export interface BuiltStack {
  readonly name: string;
  readonly outputs: readonly StackOutput[];
  readonly resources: readonly StackResource[];
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
}

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** The value of its `Ref`. */
  readonly physicalId: string;
}

/** What one stack's build needs, and whom it tells. */
interface Building {
  readonly kinds: ResourceKinds;
  readonly parameter: (name: string) => string | undefined;
  readonly addresses: WebSocketAddresses;
  readonly onPassive: (type: string) => void;
  readonly onNotHonoured: (setting: string) => void;
  readonly onRewritten: (where: string) => void;
}

/** Properties in which a function, or a reader of the parameter store, finds the address of a WebSocket API. */
const withAddresses: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Environment',
  'AWS::SSM::Parameter': 'Value',
};

/** Builds one stack whose look-ups have been published. */
export const buildStack = async (stack: Stack, building: Building): Promise<BuiltStack> => {
  const built = new Map<string, BuiltResource>();
  const { value, holds } = resolver(stack, {
    resource: (logicalId) => built.get(logicalId),
    parameter: building.parameter,
  });
  const present = new Map(Object.entries(stack.template.Resources).filter(([, { Condition }]) => holds(Condition)));
  const isActive = (type: string) => Object.hasOwn(building.kinds, type);

  const readsOf = ({ Type, Properties }: TemplateResource): Record<string, unknown> => {
    if (isActive(Type)) return Properties;
    const name = nameProperty(Type);
    return name !== undefined && name in Properties ? { [name]: Properties[name] } : {};
  };
  const needs = (logicalId: string): string[] => {
    const resource = present.get(logicalId) as TemplateResource;
    const named = [...referencesIn(readsOf(resource)), ...(isActive(resource.Type) ? resource.DependsOn : [])];
    return named.filter((id) => present.has(id));
  };

  const rewritten = (content: unknown, where: string): unknown =>
    building.addresses.rewriteIn(content, `${stack.name}/${where}`, building.onRewritten);

  const build = async (logicalId: string, resource: TemplateResource): Promise<BuiltResource> => {
    const { Type: type } = resource;
    const place = { stack: stack.name, logicalId, generatedName: generatedName(stack.name, logicalId, type) };
    const properties = value(readsOf(resource), { ...place, path: 'Properties' }) as Record<string, unknown>;
    if (isActive(type)) {
      const addressed = withAddresses[type];
      if (addressed !== undefined && addressed in properties) {
        properties[addressed] = rewritten(properties[addressed], `${logicalId}.${addressed}`);
      }
      return buildResource(building.kinds[type] as ResourceKind, type, properties, place);
    }
    if (!isPassive(type)) {
      throw new TemplateError(
        place,
        `the laptop platform has no ${type}`,
        'give it a kind in tools/local/src, or list it in assembly/passive.ts if it has nothing to run',
      );
    }
    building.onPassive(type);
    return passiveResource(type, Object.values(properties)[0] as string | undefined, place);
  };

  for (const logicalId of inOrder([...present.keys()], needs)) {
    const resource = present.get(logicalId) as TemplateResource;
    const result = await build(logicalId, resource);
    built.set(logicalId, result);
    if (resource.Type === 'AWS::ApiGatewayV2::Api') building.addresses.add(result.ref);
    for (const setting of result.notHonoured ?? []) {
      building.onNotHonoured(`${stack.name}/${logicalId} (${resource.Type}): ${setting}`);
    }
  }

  const outputs = Object.entries(stack.template.Outputs).filter(([, { Condition }]) => holds(Condition));
  return {
    name: stack.name,
    outputs: outputs.map(([key, { Value, Description: description }]) => {
      const resolved = value(Value, { stack: stack.name, logicalId: key, path: 'Outputs' });
      return {
        key,
        value: String(rewritten(resolved, `Outputs.${key}`)),
        ...(description === undefined ? {} : { description }),
      };
    }),
    resources: [...built].map(([logicalId, { ref }]) => ({
      logicalId,
      type: (present.get(logicalId) as TemplateResource).Type,
      physicalId: ref,
    })),
  };
};
