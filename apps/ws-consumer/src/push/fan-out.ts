/** How sending to one connection ended: `gone` means that the client has left. */
export type Delivery = 'sent' | 'gone' | 'failed';

/** Sends text to a connection. Gives up by itself after a while, and does not throw. */
export type Post = (connectionId: string, text: string) => Promise<Delivery>;

export interface Letter {
  readonly connectionId: string;
  readonly text: string;
}

/** Posts every letter, this many at a time, and tells how each ended, in their order. */
export const fanOut = async (letters: readonly Letter[], post: Post, concurrency: number): Promise<Delivery[]> => {
  const deliveries: Delivery[] = new Array<Delivery>(letters.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < letters.length) {
      const index = next++;
      const { connectionId, text } = letters[index] as Letter;
      deliveries[index] = await post(connectionId, text);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, letters.length) }, lane));
  return deliveries;
};
