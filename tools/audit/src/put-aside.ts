import { readFileSync } from 'node:fs';
import { compactionQuarantine, quarantineFolder, rawObjectOf } from '@acme/lake-layout';
import * as z from 'zod';
import { filesOf, keyOf, type Objects } from './objects.ts';
import { type Finding, findingOf } from './report.ts';
import { mayHoldRowsOf, type Window } from './window.ts';

/** Under it compaction puts what nobody can read of raw objects: `<key of the object>/<its ETag>.ndjson`. */
const asideFolder = quarantineFolder(compactionQuarantine);

const Aside = z.object({
  index: z.int(),
  problems: z.array(z.object({ field: z.string(), reason: z.string() })),
});

/** Names what compaction has taken out of raw objects of the window, line by line. It is read by nobody any more. */
export const putAsideNotes = (objects: Objects, window: Window): Finding[] => {
  const files = filesOf(objects, asideFolder, (key) => key.endsWith('.ndjson.data') && mayHoldRowsOf(window, key));
  const names = files.flatMap((file) => {
    const object = rawObjectOf(keyOf(objects, file));
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => {
      const {
        index,
        problems: [problem],
      } = asideOf(line);
      const place = problem?.field === '(object)' || index < 0 ? '' : ` line ${index + 1}`;
      return `${object}${place}: ${problem?.reason ?? 'no reason is on record'}`;
    });
  });
  return findingOf('compaction', 'lines and objects that it has put aside, because nobody can read them', names);
};

const asideOf = (line: string): z.infer<typeof Aside> => {
  try {
    return Aside.parse(JSON.parse(line));
  } catch {
    return { index: -1, problems: [] };
  }
};
