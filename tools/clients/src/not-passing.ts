import { caseOf, type Report } from './report.ts';

/** Cases that fail today, and why. One that passes again turns the suite red, so that it is taken off. */
export const notPassing: Readonly<Record<string, string>> = {};

/** What is wrong with a client's cases: a case that fails and is not listed, or one that is listed and passes. */
export const surprises = (reports: readonly Report[], listed = notPassing): string[] =>
  reports.flatMap((report) => {
    const name = caseOf(report);
    const isListed = name in listed;
    if (report.problem !== undefined && !isListed) return [`${name}\n    ${report.problem}`];
    return report.problem === undefined && isListed ? [`${name}\n    passes now: take it off not-passing.ts`] : [];
  });
