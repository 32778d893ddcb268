/** Faults that the contract forgives: the event must land, once. */
export const forgivenKinds = [
  'late',
  'duplicate',
  'outOfOrder',
  'hotKey',
  'clockBehind',
  'clockAhead',
  'duplicateKeys',
  'otherCase',
  'halfSurrogate',
  'nulls',
  'foreignId',
  'byteOrderMark',
  'prettyPrinted',
] as const;
export type ForgivenKind = (typeof forgivenKinds)[number];

/** Faults for which the contract refuses the event: it must be quarantined. */
export const refusedKinds = [
  'notJson',
  'notAnObject',
  'missingField',
  'wrongType',
  'unknownEventType',
  'negativeDuration',
  'timestampIn1970',
  'timestampNextYear',
  'clockFarAhead',
  'oversize',
  'nestedTooDeep',
  'tooManyKeys',
] as const;
export type RefusedKind = (typeof refusedKinds)[number];

/** Everything that can be wrong with an event, in the order in which a dial shares out the events. */
export const faultKinds = [...forgivenKinds, ...refusedKinds] as const;
export type FaultKind = ForgivenKind | RefusedKind;
