// npm run test:engines
import { engines } from './engines.ts';
import { close } from './outcome.ts';

close([await engines()]);
