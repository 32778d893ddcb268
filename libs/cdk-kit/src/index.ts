export { lookUp, publish } from './contract.ts';
export { named } from './names.ts';
export { newApp } from './new-app.ts';
export { readSettings, SettingsError } from './read-settings.ts';
export { removalPolicy } from './removal.ts';
export { explain, notify, ServiceFunction, type ServiceFunctionProps } from './service-function.ts';
export { Settings } from './settings.ts';
export { watchStreamReader } from './stream-alarms.ts';
export { bundleFolder } from './bundle-folder.ts';
