/** The platform's own address in place of AWS's, for the WebSocket APIs that it runs. */
export interface WebSocketAddresses {
  /** Says that an API of this id runs here. */
  add(apiId: string): void;
  /** The text with each `https://` or `wss://<api id>.execute-api.…` of a known API replaced; a stage path stays. */
  rewrite(text: string): string;
}

/** @param port of the AWS endpoint, which serves the APIs under `/_ws/<api id>/<stage>` */
export const webSocketAddresses = (port: number): WebSocketAddresses => {
  const ids = new Set<string>();
  return {
    add: (apiId) => void ids.add(apiId),
    rewrite: (text) =>
      text.replace(
        /(https|wss):\/\/([A-Za-z0-9-]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g,
        (whole, scheme: string, id: string) =>
          ids.has(id) ? `${scheme === 'wss' ? 'ws' : 'http'}://127.0.0.1:${port}/_ws/${id}` : whole,
      ),
  };
};
