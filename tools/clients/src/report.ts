/** What came of one case: a client that did one thing against the platform. */
export interface Report {
  /** As its registry calls it: `boto3`. */
  readonly client: string;
  /** The version that is pinned, or `of the machine`. */
  readonly version: string;
  /** What of the platform it speaks to, `S3`. */
  readonly area: string;
  readonly title: string;
  /** What went wrong. */
  readonly problem?: string;
}

/** What tells a case from all others. */
export const caseOf = ({ client, area, title }: Omit<Report, 'version'>): string => `${client}, ${area}: ${title}`;

/**
 * The reports that a program printed, a line of JSON each.
 *
 * @throws Error with its words when it ended otherwise than well, or printed none
 */
export const reportsOf = (
  program: string,
  { code, stdout, stderr }: { readonly code: number; readonly stdout: string; readonly stderr: string },
): Report[] => {
  const reports = stdout
    .split('\n')
    .filter((line) => line.startsWith('{"client"'))
    .map((line) => JSON.parse(line) as Report);
  if (code === 0 && reports.length > 0) return reports;
  throw new Error(`${program} ended with ${code} after ${reports.length} cases:\n${stderr.slice(-4_000)}`);
};

/** One case of a client that is driven from here. */
export const report = async (of: Omit<Report, 'problem'>, run: () => Promise<void>): Promise<Report> => {
  try {
    await run();
    return of;
  } catch (error) {
    return { ...of, problem: (error as Error).message.replace(/\s+/g, ' ').slice(0, 600) };
  }
};
