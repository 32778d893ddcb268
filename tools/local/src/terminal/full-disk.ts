import { bad, count, dim, type Screen } from './progress.ts';

/** Node's words for a disk, or a user's share of one, that takes no more. */
const full = /\b(ENOSPC|EDQUOT)\b/;

/** When nothing has failed for as long, the disk takes writes again: whoever waits for it tries more often. */
const overAfterMs = 10_000;

/** What to do when a failure comes of a full disk: the one line that says so. Undefined for other failures. */
export const fullDisk = (message: string, dir: string): string | undefined =>
  full.test(message)
    ? `The disk that holds ${dir} is full: free some space on it, or take a folder elsewhere with --dir.`
    : undefined;

/**
 * A screen on which a full disk is one line, not a thousand: of what fails for it only the first is said, in plain
 * words, and when it is over how much was left out. All else is passed on.
 *
 * @param dir the state folder
 */
export const withFullDiskSaidOnce = (screen: Screen, dir: string): Screen => {
  let leftOut: number | undefined;
  let over: NodeJS.Timeout | undefined;
  const end = (): void => {
    screen.write(
      `${dim(`the disk takes writes again; ${count(leftOut ?? 0)} more lines of what had failed were left out`)}\n`,
    );
    leftOut = undefined;
  };
  return {
    get isTTY() {
      return screen.isTTY === true;
    },
    get columns() {
      return screen.columns ?? 80;
    },
    write: (text) => {
      const headline = fullDisk(text, dir);
      if (headline === undefined) return screen.write(text);
      clearTimeout(over);
      over = setTimeout(end, overAfterMs).unref();
      leftOut = leftOut === undefined ? 0 : leftOut + 1;
      if (leftOut > 0) return true;
      return screen.write(
        `${bad(headline)}\n${dim('what cannot be written waits and is tried again; only log lines are lost')}\n`,
      );
    },
  };
};
