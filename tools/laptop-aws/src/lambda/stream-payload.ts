/** The data of an event's records: all bytes one behind the other, and where each record's end. */
export interface RecordData {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
}

/**
 * The event of a batch of stream records. Their data is most of it and goes to the function's thread as bytes, copied
 * once; there it becomes what Lambda sends, base64 text in the event. As text all the way it would be copied six times.
 */
export interface StreamPayload {
  /** JSON text of the event, with each record's `data` (Kafka: `value`) empty. */
  readonly text: string;
  /** Of the whole event as JSON text, in UTF-8. */
  readonly sizeBytes: number;
  /** A copy that can be given away. */
  data(): RecordData;
}

/** JSON text, or the event of a batch. */
export type Payload = string | StreamPayload;

interface KinesisEvent {
  readonly Records: readonly { readonly kinesis: { data: string } }[];
}

interface KafkaEvent {
  readonly records: Readonly<Record<string, readonly { value?: string }[]>>;
}

/**
 * The event as the function gets it. Its data is used up: left to the garbage collector, such buffers make it go through
 * the whole heap again and again, which costs more than the event itself.
 */
export const eventOf = (text: string, { bytes, ends }: RecordData): unknown => {
  const event = JSON.parse(text) as KinesisEvent | KafkaEvent;
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [index, from] = [0, 0];
  const next = (): string => {
    const to = ends[index++] as number;
    const base64 = data.toString('base64', from, to);
    from = to;
    return base64;
  };
  if ('Records' in event) for (const { kinesis } of event.Records) kinesis.data = next();
  else
    for (const record of Object.values(event.records).flat()) {
      const value = next();
      if ('value' in record) record.value = value; // a record may have none, and then has no bytes either
    }
  bytes.buffer.transfer(0);
  return event;
};

/** The event as JSON text, whole. */
export const payloadText = (payload: Payload): string =>
  typeof payload === 'string' ? payload : JSON.stringify(eventOf(payload.text, payload.data()));
