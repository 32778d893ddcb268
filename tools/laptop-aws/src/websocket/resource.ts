import { createHash } from 'node:crypto';
import * as z from 'zod';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import { region } from '../aws/identity.ts';
import type { Api, Authorizer } from './api.ts';

const functionOf = z
  .string()
  .regex(/\/functions\/.+\/invocations$/, 'must be the invocation URI of a function')
  .transform((uri) => /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] as string);

const ApiProperties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  ProtocolType: z.literal('WEBSOCKET', { error: 'must be WEBSOCKET: HTTP APIs do not run here' }),
  RouteSelectionExpression: z.string().regex(/^\$request\.body\.\w+$/, 'must be $request.body.<field>'),
  Tags: z.record(z.string(), z.string()).optional(),
});
const IntegrationProperties = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY', { error: 'must be AWS_PROXY: others do not run here' }),
  IntegrationUri: functionOf,
  IntegrationMethod: z.literal('POST').optional(),
});
const AuthorizerProperties = z.strictObject({
  ApiId: z.string(),
  AuthorizerType: z.literal('REQUEST'),
  AuthorizerUri: functionOf,
  IdentitySource: z.array(
    z.string().regex(/^route\.request\.(querystring|header)\.[\w.-]+$/, 'must be a query parameter or a header'),
  ),
  Name: z.string(),
});
const RouteProperties = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  AuthorizationType: z.enum(['NONE', 'CUSTOM']).default('NONE'),
  AuthorizerId: z.string().optional(),
  RouteResponseSelectionExpression: z.literal('$default').optional(),
  Target: z.string().startsWith('integrations/'),
});
const RouteResponseProperties = z.strictObject({
  ApiId: z.string(),
  RouteId: z.string(),
  RouteResponseKey: z.literal('$default'),
});
const StageProperties = z.strictObject({
  ApiId: z.string(),
  StageName: z.string().regex(/^\w+$/),
  AutoDeploy: z.boolean().optional(),
  DeploymentId: z.string().optional(),
  Description: z.string().optional(),
  DefaultRouteSettings: z
    .strictObject({ ThrottlingRateLimit: z.number().positive(), ThrottlingBurstLimit: z.number().int().positive() })
    .optional(),
  AccessLogSettings: z.strictObject({ DestinationArn: z.string(), Format: z.string() }).optional(),
  Tags: z.record(z.string(), z.string()).optional(),
});
const DeploymentProperties = z.strictObject({
  ApiId: z.string(),
  Description: z.string().optional(),
  StageName: z.string().optional(),
});

/** The WebSocket APIs of the templates: their resources fill `apis`, by API id. */
export const webSocketResources = (apis: Map<string, Api>): ResourceKinds => {
  const integrations = new Map<string, string>();
  const authorizers = new Map<string, Authorizer>();
  const apiOf = (id: string): Api => {
    const api = apis.get(id);
    if (!api) throw new Error('ApiId names no WebSocket API of these templates');
    return api;
  };
  return {
    'AWS::ApiGatewayV2::Api': resourceKind(ApiProperties, ({ RouteSelectionExpression }, { generatedName }) => {
      const id = idOf(generatedName);
      const routeField = RouteSelectionExpression.slice('$request.body.'.length);
      apis.set(id, { id, routeField, routes: new Map(), stages: new Map() });
      return { ref: id, attributes: { ApiId: id, ApiEndpoint: `wss://${id}.execute-api.${region}.amazonaws.com` } };
    }),
    'AWS::ApiGatewayV2::Integration': resourceKind(IntegrationProperties, ({ IntegrationUri }, { generatedName }) => {
      const id = idOf(generatedName);
      integrations.set(id, IntegrationUri);
      return { ref: id };
    }),
    'AWS::ApiGatewayV2::Authorizer': resourceKind(AuthorizerProperties, (properties, { generatedName }) => {
      const id = idOf(generatedName);
      const identity = properties.IdentitySource.map((source) => {
        const [, , from, ...name] = source.split('.');
        return { from: from as 'querystring' | 'header', name: name.join('.') };
      });
      authorizers.set(id, { functionArn: properties.AuthorizerUri, identity });
      return { ref: id, attributes: { AuthorizerId: id } };
    }),
    'AWS::ApiGatewayV2::Route': resourceKind(RouteProperties, (properties, { generatedName }) => {
      const { ApiId, RouteKey: key, AuthorizationType, AuthorizerId, Target } = properties;
      const functionArn = integrations.get(Target.slice('integrations/'.length));
      if (!functionArn) throw new Error('Target names no integration of these templates');
      const authorizer = AuthorizationType === 'CUSTOM' ? authorizers.get(AuthorizerId ?? '') : undefined;
      if (AuthorizationType === 'CUSTOM' && !authorizer)
        throw new Error('AuthorizerId names no authorizer of these templates');
      const responds = properties.RouteResponseSelectionExpression !== undefined;
      apiOf(ApiId).routes.set(key, { key, functionArn, responds, ...(authorizer ? { authorizer } : {}) });
      return { ref: idOf(generatedName) };
    }),
    'AWS::ApiGatewayV2::RouteResponse': resourceKind(RouteResponseProperties, (_properties, { generatedName }) => ({
      ref: idOf(generatedName),
    })),
    'AWS::ApiGatewayV2::Deployment': resourceKind(DeploymentProperties, (_properties, { generatedName }) => ({
      ref: idOf(generatedName),
    })),
    'AWS::ApiGatewayV2::Stage': resourceKind(StageProperties, (properties) => {
      const { ApiId, StageName: name, DefaultRouteSettings: limits, AccessLogSettings } = properties;
      const throttle = limits && { ratePerSecond: limits.ThrottlingRateLimit, burst: limits.ThrottlingBurstLimit };
      apiOf(ApiId).stages.set(name, { name, ...(throttle ? { throttle } : {}) });
      return { ref: name, notHonoured: AccessLogSettings ? ['AccessLogSettings'] : [] };
    }),
  };
};

/** An id in API Gateway's form, ten letters and digits: the same at each start. */
const idOf = (generatedName: string): string =>
  BigInt(`0x${createHash('sha256').update(generatedName).digest('hex')}`)
    .toString(36)
    .slice(0, 10);
