import type { AwsTarget } from '@acme/command-kit';
import type { Dimension } from '../src/dimensions/index.ts';

/** A dimension's table in a stage: the stages dev and local use its name bare, others stand after its first word. */
export const tableNameIn = ({ stage }: AwsTarget, { tableName }: Dimension): string =>
  stage === 'dev' || stage === 'local' ? tableName : tableName.replace('-', `-${stage}-`);
