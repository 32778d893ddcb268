/** What LogType Tail gives (API reference, Invoke). */
const tailBytes = 4096;

/** The log of one execution environment: puts pieces together to lines, and remembers the end of each invocation's. */
export interface EnvironmentLog {
  line(message: string): void;
  /** A piece of output; its last, unfinished line waits for the next piece or for `flush`. */
  output(text: string): void;
  flush(): void;
  /** Forgets what `tail` had so far. */
  begin(): void;
  tail(): string;
}

export const environmentLog = (write: (message: string) => void): EnvironmentLog => {
  let unfinished = '';
  let recent = '';
  const line = (message: string): void => {
    write(message);
    recent += `${message}\n`;
    if (recent.length > 64 * 1024) recent = recent.slice(-tailBytes);
  };
  return {
    line,
    output(text) {
      const lines = (unfinished + text).split('\n');
      unfinished = lines.pop() ?? '';
      lines.filter((each) => each !== '').forEach(line);
    },
    flush() {
      if (unfinished !== '') line(unfinished);
      unfinished = '';
    },
    begin() {
      recent = '';
    },
    tail: () => Buffer.from(recent.slice(-tailBytes)).subarray(-tailBytes).toString(),
  };
};
