import { bar, count, dim, type Progress } from './progress.ts';

export interface Status {
  readonly generated: number;
  readonly perSecond: number;
  /** Records that the slowest consumer has not read. */
  readonly unread: number;
}

/**
 * Keeps the bottom line up to date; where there is no terminal, prints a line every `everyMs`.
 *
 * @param forMs how long the run is, for the bar; undefined is without end
 * @returns ends it
 */
export const showStatus = (
  progress: Progress,
  { forMs, everyMs }: { readonly forMs: number | undefined; readonly everyMs: number },
  status: () => Status,
): (() => void) => {
  const started = performance.now();
  const line = (): string => {
    const { generated, perSecond, unread } = status();
    const share = forMs === undefined ? '' : `${bar((performance.now() - started) / forMs)}  `;
    return `${share}${count(generated)} generated  ${count(Math.round(perSecond))}/s  ${dim(`${count(unread)} records unread`)}`;
  };
  const showing = progress.isLive
    ? setInterval(() => progress.status(line()), 500)
    : setInterval(() => progress.line(line()), everyMs);
  return () => {
    clearInterval(showing);
    progress.status('');
  };
};
