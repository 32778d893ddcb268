import { Logger } from '@aws-lambda-powertools/logger';

/** One JSON line per entry: `log.info('batch:sent', { sent, refused })`. Never a token, a secret or a rejected value. */
export const log = new Logger();
