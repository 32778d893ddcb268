/**
 * The version of the events. A change that keeps every earlier event valid, with the same meaning, comes without a new
 * one; any other makes a new version, which events then carry. An event that carries none is of version 1.
 */
export const schemaVersion = '1';
