export { type Backoff, jitteredBackoff } from './backoff.ts';
export { decodeClickstream, judgeClickstream } from './clickstream/decode-clickstream.ts';
export { derivedEventId } from './clickstream/derived-id.ts';
export { EnvError, type EnvOf, readEnv } from './env.ts';
export { countFrames, framesOf, textFramesOf } from './framing.ts';
export { type Judged, judge } from './judge.ts';
export { BatchEntry, SeenEntry } from './ledger/batch-entry.ts';
export { CompactedHour } from './ledger/compacted-hour.ts';
export { batchKey, batchQuarantineKey, coverage, receiptKey } from './ledger/keys.ts';
export { type CallTotals, Receipt } from './ledger/receipt.ts';
export { ledgerOf, type WriteLedger } from './ledger/write-ledger.ts';
export { WrittenFiles } from './ledger/written-files.ts';
export { log } from './log.ts';
export { emfLines, type Measured, type Measurement, printMetrics, type Unit } from './metrics/emf.ts';
export { isTransient } from './is-transient.ts';
export { type PoisonClass, poisonClass, poisonClasses } from './poison.ts';
export { quarantine, type Refused } from './quarantine.ts';
export { mintToken, tokenSeconds, verifyToken } from './socket-token.ts';
export { type SortedOut, sortOut } from './sort-out.ts';
export { rangeOf, type SourceRecord } from './source-record.ts';
export {
  type Batch,
  batchesOf,
  type KafkaEvent,
  recordsOf,
  type StreamEvent,
  type StreamReport,
} from './stream-event.ts';
export { eventHandler, oneByOne, StoppedAtError, streamHandler } from './stream-handler.ts';
