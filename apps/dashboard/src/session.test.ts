import { describe, expect, it } from '@jest/globals';
import { isAddress, newSession } from './session.ts';

const answering = (status: number, type: string, body: string) =>
  (async () => new Response(body, { status, headers: { 'content-type': type } })) as typeof fetch;

describe('a new session', () => {
  it('is an address with a token', async () => {
    const url = 'ws://127.0.0.1:4566/_ws/abc/prod?token=t';
    expect(await newSession(answering(200, 'application/json', JSON.stringify({ url })))).toEqual({ url });
  });

  it('is none on a site without sessions: 404, 403 or its index page', async () => {
    expect(await newSession(answering(404, 'text/plain', 'no'))).toBe('none');
    expect(await newSession(answering(403, 'application/xml', '<Error/>'))).toBe('none');
    expect(await newSession(answering(200, 'text/html', '<!doctype html>'))).toBe('none');
  });

  it('throws when the server fails, so that it is tried again', async () => {
    await expect(newSession(answering(500, 'text/plain', 'broken'))).rejects.toThrow('answered 500');
  });
});

describe('a pasted address', () => {
  it.each([
    ['wss://abc.execute-api.us-west-2.amazonaws.com/prod?token=a.b.c', true],
    ['ws://127.0.0.1:4566/_ws/abc/prod?token=t', true],
    ['wss://abc.execute-api.us-west-2.amazonaws.com/prod', false],
    ['wss://abc/prod?token=', false],
    ['https://abc/prod?token=t', false],
    ['npx wscat', false],
    ['', false],
  ])('%s: %s', (text, isGood) => {
    expect(isAddress(text)).toBe(isGood);
  });
});
