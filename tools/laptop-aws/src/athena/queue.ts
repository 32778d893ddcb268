/** Runs tasks in the order they come, some at once. */
export const openQueue = (atOnce: number) => {
  const waiting: (() => Promise<void>)[] = [];
  const running = new Set<Promise<void>>();
  const next = (): void => {
    while (running.size < atOnce && waiting.length > 0) {
      const task = (waiting.shift() as () => Promise<void>)().finally(() => {
        running.delete(task);
        next();
      });
      running.add(task);
    }
  };
  return {
    /** A task must not reject. */
    add: (task: () => Promise<void>): void => {
      waiting.push(task);
      next();
    },
    /** Forgets those that wait, and resolves when those that run have ended. */
    close: async (): Promise<void> => {
      waiting.length = 0;
      await Promise.all(running);
    },
  };
};
