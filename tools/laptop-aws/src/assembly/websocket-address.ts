/** The platform's own address in place of AWS's, for the WebSocket APIs that it runs. */
export interface WebSocketAddresses {
  /** Says that an API of this id runs here. */
  add(apiId: string): void;
  /**
   * The content with each `https://` or `wss://<api id>.execute-api.…` of a known API replaced, at any depth; a stage
   * path stays.
   *
   * @param onRewritten told the place and what now stands there
   */
  rewriteIn(content: unknown, where: string, onRewritten: (rewritten: string) => void): unknown;
}

/** @param port of the AWS endpoint, which serves the APIs under `/_ws/<api id>/<stage>` */
export const webSocketAddresses = (port: number): WebSocketAddresses => {
  const ids = new Set<string>();
  const rewrite = (text: string): string =>
    text.replace(
      /(https|wss):\/\/([A-Za-z0-9-]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g,
      (whole, scheme: string, id: string) =>
        ids.has(id) ? `${scheme === 'wss' ? 'ws' : 'http'}://127.0.0.1:${port}/_ws/${id}` : whole,
    );
  const rewriteIn: WebSocketAddresses['rewriteIn'] = (content, where, onRewritten) => {
    if (typeof content === 'string') {
      const own = rewrite(content);
      if (own !== content) onRewritten(`${where} ${own}`);
      return own;
    }
    if (Array.isArray(content)) return content.map((item, index) => rewriteIn(item, `${where}.${index}`, onRewritten));
    if (typeof content !== 'object' || content === null) return content;
    return Object.fromEntries(
      Object.entries(content).map(([key, inner]) => [key, rewriteIn(inner, `${where}.${key}`, onRewritten)]),
    );
  };
  return { add: (apiId) => void ids.add(apiId), rewriteIn };
};
