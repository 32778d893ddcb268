/** Where to connect: an address with a fresh token, or that this site has no session endpoint (a deployed page). */
export type Session = { readonly url: string } | 'none';

/** @throws when the server cannot be reached or refuses */
export const newSession = async (fetcher: typeof fetch = fetch): Promise<Session> => {
  const response = await fetcher('/session', { headers: { accept: 'application/json' }, cache: 'no-store' });
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  // A static site answers 403 or 404, or its index page.
  if (!isJson && (response.ok || response.status === 404 || response.status === 403)) return 'none';
  if (!response.ok) throw new Error(`the server answered ${response.status} to a new session`);
  return { url: ((await response.json()) as { url: string }).url };
};

/** Whether a pasted text is an address with a token. */
export const isAddress = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && ['ws:', 'wss:'].includes(url.protocol) && Boolean(url.searchParams.get('token'));
};
