/**
 * The version of the events. Optional fields come without a new one; any other change makes a new version, which
 * events then carry. An event that carries none is of version 1.
 */
export const schemaVersion = '1';
