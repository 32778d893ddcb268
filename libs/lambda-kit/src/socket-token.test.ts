import { describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { mintToken, tokenSeconds, verifyToken } from './socket-token.ts';

const now = Date.UTC(2026, 0, 1, 12);
const key = 'k'.repeat(32);

describe('a socket token', () => {
  it('says its id and its end, one minute on', async () => {
    const { id, endsAt } = await verifyToken(key, await mintToken(key, now), now);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(endsAt).toBe(now / 1000 + tokenSeconds);
  });

  it('is another one each time', async () => {
    const [a, b] = await Promise.all([mintToken(key, now), mintToken(key, now)]);
    expect((await verifyToken(key, a as string, now)).id).not.toBe((await verifyToken(key, b as string, now)).id);
  });

  const aToken = () => new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setIssuedAt(now / 1000);
  const signed = async (token: SignJWT) => [key, await token.sign(new TextEncoder().encode(key))];
  const end = now / 1000 + 60;

  it.each([
    ['is over', async () => [key, await mintToken(key, now - 61_000)]],
    ['was signed with another key', async () => [key, await mintToken('x'.repeat(32), now)]],
    ['is for something else', () => signed(aToken().setJti('1').setExpirationTime(end).setAudience('telemetry-api'))],
    ['never ends', () => signed(aToken().setJti('1').setAudience('telemetry-socket'))],
    ['has no id', () => signed(aToken().setExpirationTime(end).setAudience('telemetry-socket'))],
    ['is garbled', async () => [key, 'not.a.token']],
  ] as const)('opens nothing when it %s', async (_, make) => {
    const [verifyWith, token] = await make();
    await expect(verifyToken(verifyWith as string, token as string, now)).rejects.toThrow();
  });
});
