// npm run test:slow
import { close } from './outcome.ts';
import { slow } from './slow.ts';

close([await slow()]);
