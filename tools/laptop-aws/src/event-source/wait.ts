/** Waits for an event, for a time, or until stopped, whichever is first. @param ms undefined waits without end */
export const waitFor = (
  event: Promise<void> | undefined,
  ms: number | undefined,
  stop: AbortSignal,
): Promise<'event' | 'time' | 'stop'> =>
  new Promise((resolve) => {
    if (stop.aborted) return resolve('stop');
    const end = (why: 'event' | 'time' | 'stop'): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', onStop);
      resolve(why);
    };
    const onStop = (): void => end('stop');
    const timer = ms === undefined ? undefined : setTimeout(() => end('time'), ms);
    stop.addEventListener('abort', onStop);
    void event?.then(() => end('event'));
  });
