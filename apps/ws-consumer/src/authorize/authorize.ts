import { verifyToken } from '@acme/lambda-kit';
import { errors } from 'jose';

/** Marks a token as used. @returns false when it was used before */
export type Use = (tokenId: string, endsAt: number) => Promise<boolean>;

export type Verdict = 'allowed' | 'not valid' | 'used before';

/** Whether a token opens a connection. An allowed one is used up. */
export const authorize = async (token: string, key: string, use: Use, nowMs: number): Promise<Verdict> => {
  try {
    const { id, endsAt } = await verifyToken(key, token, nowMs);
    return (await use(id, endsAt)) ? 'allowed' : 'used before';
  } catch (error) {
    if (error instanceof errors.JOSEError) return 'not valid';
    throw error;
  }
};
