export * from './roots.ts';
export * from './hours.ts';
export * from './events.ts';
export * from './curated.ts';
export * from './ledger.ts';
export * from './quarantine.ts';
