// The embedded AWS: what a program runs it by.
export { buildPlatform, type BuiltPlatform } from './assembly/build.ts';
export { readAssemblies } from './assembly/read.ts';
export { synthesise } from './assembly/synth.ts';
export { type Faults, noFaults, openFaults } from './faults/faults.ts';
export { openKinesis } from './kinesis/kinesis.ts';
export { type Invocation } from './lambda/functions.ts';
export { type Engines, openEngines } from './laptop/engines.ts';
export { kindsOf } from './laptop/kinds.ts';
