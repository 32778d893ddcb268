import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { matchesWildcard } from '../aws/wildcard.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Authorizer } from './api.ts';
import type { Client } from './connection.ts';
import { authorizerEvent, methodArn, queryOf } from './events.ts';
import { Refusal } from './refusal.ts';

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

/** What an authoriser returns (apigateway-lambda-authorizer-output.html). */
const Answer = z.object({
  principalId: z.string(),
  policyDocument: z.object({
    Statement: z.array(z.object({ Action: oneOrMore, Effect: z.enum(['Allow', 'Deny']), Resource: oneOrMore })),
  }),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

/**
 * Asks an authoriser whether a client may connect.
 *
 * @returns what functions are told of it: `principalId` and the authoriser's context
 * @throws Refusal 401 without its identity source or when it says Unauthorized, 403 when its policy does not allow,
 * 500 when it fails
 */
export const authorized = async (
  authorizer: Authorizer,
  client: Client,
  request: IncomingMessage,
  functions: Pick<Functions, 'invoke'>,
  nowMs: number,
): Promise<Record<string, unknown>> => {
  const query = queryOf(request);
  const has = ({ from, name }: Authorizer['identity'][number]): boolean =>
    Boolean(from === 'querystring' ? query[name] : request.headers[name.toLowerCase()]);
  if (!authorizer.identity.every(has)) throw new Refusal(401, 'Unauthorized');

  const event = JSON.stringify(authorizerEvent(client, request, nowMs));
  const { payload, functionError } = await functions.invoke(authorizer.functionArn, event);
  if (functionError) {
    const { errorMessage } = JSON.parse(payload) as { errorMessage?: string };
    throw errorMessage === 'Unauthorized'
      ? new Refusal(401, 'Unauthorized')
      : new Refusal(500, 'the authorizer failed');
  }
  const answer = Answer.safeParse(JSON.parse(payload));
  if (!answer.success) throw new Refusal(500, 'the authorizer returned no policy');
  const { principalId, policyDocument, context } = answer.data;
  const about = policyDocument.Statement.filter(
    ({ Action, Resource }) => matches(Action, 'execute-api:Invoke') && matches(Resource, methodArn(client)),
  );
  const allowed = about.length > 0 && about.every(({ Effect }) => Effect === 'Allow');
  if (!allowed) throw new Refusal(403, 'User is not authorized to access this resource');
  return { principalId, ...context };
};

/** IAM's wildcards: `*` for any characters, `?` for one. */
const matches = (patterns: readonly string[], text: string): boolean =>
  patterns.some((pattern) => matchesWildcard(pattern, text, '?'));
