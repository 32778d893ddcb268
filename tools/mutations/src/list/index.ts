import type { Mutation } from '../mutation.ts';
import { audits } from './audit.ts';
import { consumers } from './consumers.ts';
import { contract } from './contract.ts';
import { doors } from './doors.ts';
import { lakeLoader } from './lake-loader.ts';
import { lambdaKit } from './lambda-kit.ts';
import { laptopDisk } from './laptop-disk.ts';
import { producer } from './producer.ts';
import { streams } from './streams.ts';

/** Every mutation, by what it breaks. */
export const mutations: Readonly<Record<string, readonly Mutation[]>> = {
  'From a caller to the stream': producer,
  'What every consumer does': lambdaKit,
  'Into the lake': lakeLoader,
  'Analytics, enricher, live view': consumers,
  'The contract': contract,
  'Event sources, Kinesis and Firehose on the laptop': streams,
  "The laptop's S3 and state": laptopDisk,
  Doors: doors,
  'The audit and the sums': audits,
};
