import { parseEmf } from '../emf.ts';
import type { Metrics } from '../store/metrics.ts';

/** Takes the lines of functions' logs for the metrics in them. */
export interface LogLines {
  take(group: string, line: string): void;
  /** Lines of the embedded metric format of which something was not taken. */
  refused(): number;
}

/** Reasons name metrics, and could be ever new ones. */
const mostSaid = 100;

/** @param log is told once per log group and reason what CloudWatch would not take; it drops such things in silence */
export const logLines = (metrics: Metrics, log: (line: string) => void): LogLines => {
  const said = new Set<string>();
  let refused = 0;
  return {
    take(group, line) {
      const parsed = parseEmf(line);
      if (!parsed) return;
      for (const { metric, values, unit, atMs } of parsed.measured) metrics.add(metric, values, { unit, atMs });
      if (parsed.problems.length === 0) return;
      refused += 1;
      for (const problem of parsed.problems) {
        const sentence = `cloudwatch:emf-refused ${JSON.stringify({ group, problem })}`;
        if (said.has(sentence) || said.size >= mostSaid) continue;
        said.add(sentence);
        log(sentence);
      }
    },
    refused: () => refused,
  };
};
