export { type RowRules, rowRules } from './columns.ts';
export { findingLines, type Findings, findingsOf, joined, noFindings } from './findings.ts';
export { BrokenObjectError, type LakeObject, mostLineBytes } from './object-lines.ts';
export { mostLevels, type RowFlaw, rowFlaw } from './row-flaw.ts';
export { type JudgedLine, judgedLines, type Unreadable, unreadableIn, unreadableLine } from './unreadable.ts';
