import { arn } from '../aws/identity.ts';

/** Operations whose answers name tables, indexes and streams by ARN; those with items do not, and are not looked through. */
const naming = new Set(['CreateTable', 'DescribeTable', 'UpdateTable', 'DeleteTable']);

/** The engine's ARNs have its own name where the region should be. */
const ofEngine = 'arn:aws:dynamodb:dynoxide:000000000000:';

/** An answer with ARNs of the laptop's region and account; the same buffer when there is nothing to change. */
export const withOurArns = (operation: string, answer: Buffer): Buffer =>
  naming.has(operation) && answer.includes(ofEngine)
    ? Buffer.from(answer.toString('utf8').replaceAll(ofEngine, arn('dynamodb', '')))
    : answer;
