import type { FaultMaker } from './fault.ts';

const byteOrderMarkText = '\ufeff';

/** A byte-order mark stands before the event, as at the beginning of a file that an editor on Windows wrote. */
export const byteOrderMark: FaultMaker = () => ({ rewrite: (line) => `${byteOrderMarkText}${line}` });

const layouts = [
  { indent: 2, lineEnd: '\n', before: '' },
  { indent: 4, lineEnd: '\n', before: '' },
  { indent: '\t', lineEnd: '\r\n', before: byteOrderMarkText },
] as const;

/** The event is spread over lines, as people and pretty printers write it. */
export const prettyPrinted: FaultMaker = (random) => {
  const { indent, lineEnd, before } = layouts[random.below(layouts.length)]!;
  return {
    rewrite: (line) => `${before}${JSON.stringify(JSON.parse(line), undefined, indent).replaceAll('\n', lineEnd)}`,
  };
};
