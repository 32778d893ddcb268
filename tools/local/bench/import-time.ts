// Prints how many ms the import of a bundle takes in a new process.
import { pathToFileURL } from 'node:url';

const url = pathToFileURL(process.argv[2] as string).href;
const startedMs = performance.now();
await import(url);
console.log(performance.now() - startedMs);
process.exit();
