// What a command line may say of the faults.
export { type FaultKind, faultKinds, FaultKinds } from './faults/fault-kinds.ts';
