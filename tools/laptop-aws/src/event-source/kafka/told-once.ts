/** So many are told of; whoever sends one after the other does not fill the terminal. */
const most = 20;

/**
 * Tells of each batch that cannot be read once, however many mappings read the topic and however often they come to it;
 * of the first 20 of them.
 */
export const toldOnce = (report: (line: string) => void): ((line: string) => void) => {
  const told = new Set<string>();
  return (line) => {
    if (told.has(line) || told.size > most) return;
    told.add(line);
    report(told.size > most ? 'more batches that cannot be read: the log group /acme/platform has them all' : line);
  };
};
