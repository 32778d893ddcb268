import { rowRules, unreadableIn, unreadableLine } from '@acme/lambda-kit/rows';
import { asRead, fileOf, type Objects } from './objects.ts';
import { type Finding, mostNames } from './report.ts';
import { rowFilesOf } from './sink-records.ts';
import type { ObjectSink } from './sinks.ts';
import type { Window } from './window.ts';

/** Objects that are read at a time: they are decompressed on threads of their own. */
const atATime = 4;

/**
 * Goes through every row of a sink and names each line and object that not all readers of the lake can read, or not
 * wholly; checksums of gzip are compared. An object that is broken as a whole is left out of all that follows.
 */
export const rowFindings = async (objects: Objects, sink: ObjectSink, window: Window): Promise<Finding[]> => {
  const rules = rowRules(sink.rowsOf);
  const files = rowFilesOf(objects, sink, window);
  const names: string[][] = files.map(() => []);
  let count = 0;
  const left = files.entries();
  const lane = async (): Promise<void> => {
    for (const [index, file] of left) {
      for await (const each of unreadableIn(asRead(objects, file), rules)) {
        count += 1;
        const ofFile = names[index] as string[];
        if (each.line === undefined) {
          objects.leftOut?.add(fileOf(objects, each.object));
          ofFile.unshift(unreadableLine(each));
        } else if (ofFile.length < mostNames) ofFile.push(unreadableLine(each));
      }
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  if (count === 0) return [];
  const what = 'lines and objects of its rows that cannot be read';
  return [{ where: sink.consumer, what, count, names: names.flat().slice(0, mostNames) }];
};
