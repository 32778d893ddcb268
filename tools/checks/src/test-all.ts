// npm run test:all: npm test, then what takes minutes, then what needs more than Node; each though the one before failed.
import { engines } from './engines.ts';
import { everyProject } from './every-project.ts';
import { close, closingLines, type Outcome } from './outcome.ts';
import { slow } from './slow.ts';

const outcomes: Outcome[] = [];
for (const suites of [everyProject, slow, engines]) {
  const outcome = await suites();
  outcomes.push(outcome);
  console.log(closingLines([outcome]).slice(0, -1).join('\n')); // the sum of all comes last, and once
}
close(outcomes);
