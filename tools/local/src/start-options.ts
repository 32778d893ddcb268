import { duration, oneOf, wholeNumber } from '@acme/command-kit';
import { FaultKinds } from '@acme/laptop-aws/options';
import type { DialName } from '@acme/synthetic';
import * as z from 'zod';
import { CommonOptions } from './options.ts';

/** What may be wrong with the events. */
export const dialName = oneOf(['none', 'some', 'hostile'] satisfies DialName[]);

/** What carries the events; everything above it is the same. */
export const transport = oneOf(['kinesis', 'kafka']).default('kinesis').describe('What carries the events');

/** Of a seed: 32 bits. */
export const seed = () => wholeNumber(0, 0xffff_ffff);

const StartOptions = CommonOptions.extend({
  rate: wholeNumber(0, 100_000)
    .default(50)
    .describe('Events per second that the platform has the generator make; 0 leaves it to the schedule'),
  clickstreamRate: wholeNumber(0, 100_000)
    .optional()
    .describe('Clickstream events per second besides. Without it a tenth of the rate'),
  seed: seed().default(1).describe('The same seed makes the same events'),
  for: duration.optional().describe('It stops by itself after so long, drains, and checks that everything adds up'),
  statusEvery: duration.prefault('10s').describe('How often the status is printed where there is no terminal'),
  dial: dialName
    .default('none')
    .describe(
      'some: a tenth of the events have a fault. hostile: others are lines that readers of JSON disagree about besides. The sums are held against that',
    ),
  faults: FaultKinds.optional().describe('The fault switches that are on. Without it none'),
  faultSeed: seed()
    .optional()
    .describe('The same seed and the same calls give the same faults. Without it a random one, which is printed'),
  schedules: oneOf(['on', 'off'])
    .default('on')
    .describe('Whether what the templates schedule runs: events every few minutes, compaction every hour'),
  transport,
  brokers: z
    .string()
    .regex(/^[\w.-]+:\d{1,5}(,[\w.-]+:\d{1,5})*$/)
    .meta({ takes: 'host:port, or several with commas between' })
    .optional()
    .describe('Kafka brokers that run already. Without it one is started'),
});
export type StartOptions = z.output<typeof StartOptions>;

export const startCommand = {
  usage: 'npm start --',
  does: 'Runs the whole platform on this machine, from the sources to a live page, until Ctrl-C.',
  options: StartOptions.refine(({ port, awsPort }) => port !== awsPort, {
    error: '--port and --aws-port are one port: the page and the AWS endpoint want one each',
    path: [],
  }).refine((given) => given.brokers === undefined || given.transport === 'kafka', {
    error: '--brokers are Kafka’s: say --transport kafka too',
    path: [],
  }),
};
