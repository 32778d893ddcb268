import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';

/** How long a token opens a connection. */
export const tokenSeconds = 60;

/** A token that opens one WebSocket connection within a minute. It is a credential: never log it. */
export const mintToken = (key: string, nowMs: number): Promise<string> =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience('telemetry-socket')
    .setJti(randomUUID())
    .setIssuedAt(Math.floor(nowMs / 1000))
    .setExpirationTime(Math.floor(nowMs / 1000) + tokenSeconds)
    .sign(new TextEncoder().encode(key));

/**
 * What a token says, if it was signed with the key and is still good.
 *
 * @returns its id, to be used once, and when it ends (seconds UTC)
 * @throws jose's JOSEError when it was not, or is not any more
 */
export const verifyToken = async (
  key: string,
  token: string,
  nowMs: number,
): Promise<{ readonly id: string; readonly endsAt: number }> => {
  const { payload } = await jwtVerify(token, new TextEncoder().encode(key), {
    algorithms: ['HS256'],
    audience: 'telemetry-socket',
    currentDate: new Date(nowMs),
    requiredClaims: ['jti', 'exp'],
  });
  return { id: payload.jti as string, endsAt: payload.exp as number };
};
