import { mintToken } from '@acme/lambda-kit';
import { describe, expect, it } from '@jest/globals';
import { authorize, type Use } from './authorize.ts';

const key = 'k'.repeat(64);
const nowMs = Date.UTC(2026, 0, 1);

const tokensOnce = (): Use => {
  const used = new Set<string>();
  return async (tokenId) => used.size !== used.add(tokenId).size;
};

describe('authorize', () => {
  it('lets a token in once', async () => {
    const use = tokensOnce();
    const token = await mintToken(key, nowMs);
    expect(await authorize(token, key, use, nowMs)).toBe('allowed');
    expect(await authorize(token, key, use, nowMs)).toBe('used before');
  });

  it.each([
    ['is over a minute old', async () => mintToken(key, nowMs - 61_000)],
    ['was signed with another key', async () => mintToken('x'.repeat(64), nowMs)],
    ['was changed', async () => `${(await mintToken(key, nowMs)).slice(0, -2)}AA`],
    ['is signed by nobody', async () => 'eyJhbGciOiJub25lIn0.eyJqdGkiOiIxIiwiYXVkIjoidGVsZW1ldHJ5LXNvY2tldCJ9.'],
    ['is no token', async () => 'let me in'],
    ['is empty', async () => ''],
  ])('refuses one that %s, without using anything up', async (_what, token) => {
    const use: Use = () => Promise.reject(new Error('must not be called'));
    expect(await authorize(await token(), key, use, nowMs)).toBe('not valid');
  });

  it('fails when it cannot tell whether a token was used', async () => {
    const use: Use = () => Promise.reject(new Error('throttled'));
    await expect(authorize(await mintToken(key, nowMs), key, use, nowMs)).rejects.toThrow('throttled');
  });
});
