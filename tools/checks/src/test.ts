// npm test: what needs only Node, and takes a few minutes. Options go to Nx: npm test -- --skip-nx-cache
import { everyProject } from './every-project.ts';
import { close } from './outcome.ts';

close([await everyProject(process.argv.slice(2))]);
