// What programs beside the platform need of this machine: ports, locks, processes that end with us, state files.
export { contentHash } from './assembly/content-hash.ts';
export { region } from './aws/identity.ts';
export { documentIn, stateFile } from './aws/state-file.ts';
export { endStale } from './dynamodb/stale-process.ts';
export { freePorts, platformPorts } from './front/free-ports.ts';
export { listen } from './front/listen.ts';
export { httpOptions, type Patience, patience } from './front/patience.ts';
export { mavenJars } from './maven/maven-jars.ts';
export { endsWithUs } from './supervision/ends-with-us.ts';
export { isLocked, lockFile } from './supervision/file-lock.ts';
