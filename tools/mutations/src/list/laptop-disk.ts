import type { Mutation } from '../mutation.ts';

const s3 = ['tools/laptop-aws/src/s3/s3.test.ts'];
const afterACrash = ['tools/laptop-aws/src/s3/after-a-crash.test.ts'];

/** The laptop's S3 and the files of its state. */
export const laptopDisk: readonly Mutation[] = [
  {
    name: 'S3 answers before the object is on the disk',
    file: 'tools/laptop-aws/src/s3/object-files.ts',
    find: 'return this.#disk.settled();',
    replace: 'return Promise.resolve();',
    breaks: 'A power loss takes objects that were acknowledged.',
    tests: ['tools/laptop-aws/src/disk/power-cut.test.ts'],
  },
  {
    name: 'S3 syncs the files and not their folders',
    file: 'tools/laptop-aws/src/s3/sync-queue.ts',
    find: "  await Promise.all(folders.map((folder) => sync(folder, 'r')));\n",
    replace: '',
    breaks: 'The bytes are on the disk, and after a power loss under no name.',
    tests: ['tools/laptop-aws/src/disk/power-cut.test.ts'],
  },
  {
    name: 'a failed sync of S3 is forgotten',
    file: 'tools/laptop-aws/src/s3/sync-queue.ts',
    find: 'for (const file of files) this.#added.add(file);',
    replace: '',
    breaks: 'Whoever waits behind a pass that failed takes its files for synced.',
    tests: ['tools/laptop-aws/src/s3/sync-queue.test.ts'],
  },
  {
    name: 'an object is noted after its bytes are at their place',
    file: 'tools/laptop-aws/src/s3/object-files.ts',
    find: '    this.#journal.put(bucket, { key, ...facts });\n    try {\n      renameSync(file, place);',
    replace: '    try {\n      renameSync(file, place);\n      this.#journal.put(bucket, { key, ...facts });',
    breaks: 'A full disk replaces an object whose client was told that it failed.',
    tests: [...afterACrash, ...s3],
  },
  {
    name: 'a change that could not be made stays in the journal',
    file: 'tools/laptop-aws/src/s3/object-journal.ts',
    find: '} else if (last?.name === name) {',
    replace: "} else if (last?.name === name && bucket === '') {",
    breaks: 'After a restart an object has the length of bytes that never came.',
    tests: ['tools/laptop-aws/src/s3/object-journal.test.ts'],
  },
  {
    name: 'a line that was cut off spoils the journal',
    file: 'tools/laptop-aws/src/s3/object-journal.ts',
    find: 'return `\\n${json}\\t${sumOf(json)}`;',
    replace: 'return `${json}\\t${sumOf(json)}\\n`;',
    breaks: 'After a crash in the middle of a line, the next one is lost with it.',
    tests: ['tools/laptop-aws/src/s3/object-journal.test.ts'],
  },
  {
    name: 'If-Match is not looked at',
    file: 'tools/laptop-aws/src/s3/unmet-condition.ts',
    find: 'return names(expected, store.headObject(bucket, key).etag)',
    replace: 'return (names(expected, store.headObject(bucket, key).etag) || true)',
    breaks: 'Two writers of a manifest overwrite each other.',
    tests: [...s3, 'tools/local/src/lake/manifest.test.ts'],
  },
  {
    name: 'If-None-Match is not looked at',
    file: 'tools/laptop-aws/src/s3/unmet-condition.ts',
    find: "if (absent === '*' && isThere) {",
    replace: "if (absent === '*' && isThere && bucket === '') {",
    breaks: 'The first writer of a manifest loses its files to the second.',
    tests: [...s3, 'tools/local/src/lake/manifest.test.ts'],
  },
  {
    name: 'a file of the state is replaced before it is on the disk',
    file: 'tools/laptop-aws/src/disk/promises.ts',
    find: '    await next.writeFile(content);\n    await next.sync();\n',
    replace: '    await next.writeFile(content);\n',
    breaks: 'After a power loss a state file is empty.',
    tests: ['tools/laptop-aws/src/disk/power-cut.test.ts'],
  },
  {
    name: 'a damaged state file is taken for none',
    file: 'tools/laptop-aws/src/aws/state-file.ts',
    find: '  if (json === undefined)\n    throw',
    replace: '  if (json === undefined) return undefined as Content;\n  if (json === null)\n    throw',
    breaks: 'What the platform knew is gone without a word.',
    tests: ['tools/laptop-aws/src/aws/state-file.test.ts'],
  },
  {
    name: 'two platforms run on one folder',
    file: 'tools/laptop-aws/src/supervision/file-lock.ts',
    find: '    if (isBusy(error)) return undefined;\n',
    replace: '    if (isBusy(error)) return () => undefined;\n',
    breaks: 'They overwrite each other: events that both have acknowledged are gone.',
    tests: ['tools/local/src/platform/state-folder.test.ts'],
  },
  {
    name: 'a line of the journal that the disk has changed is taken for true',
    file: 'tools/laptop-aws/src/s3/object-journal.ts',
    find: 'if (end >= 0 && text.slice(end + 1) !== sumOf(json)) return undefined;',
    replace: '',
    breaks: 'An object has a length, a type or a place that nobody gave it.',
    tests: ['object-journal', 'after-a-crash'].map((name) => `tools/laptop-aws/src/s3/${name}.test.ts`),
  },
];
