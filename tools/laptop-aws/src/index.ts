// The embedded AWS: what a program runs it by.
export type { BuiltPlatform } from './assembly/build.ts';
export { synthesise } from './assembly/synth.ts';
export { type Faults, noFaults, openFaults } from './faults/faults.ts';
export { openKinesis } from './kinesis/kinesis.ts';
export type { Invocation } from './lambda/functions.ts';
export type { Engines } from './laptop/engines.ts';
export { type Laptop, type LaptopOptions, openLaptop } from './laptop/open-laptop.ts';
