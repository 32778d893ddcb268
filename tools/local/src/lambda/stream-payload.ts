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
  /** JSON text of the event, with each record's `data` empty. */
  readonly text: string;
  /** Of the whole event as JSON text, in UTF-8. */
  readonly sizeBytes: number;
  /** A copy that can be given away. */
  data(): RecordData;
}

/** JSON text, or the event of a batch. */
export type Payload = string | StreamPayload;

interface StreamEvent {
  readonly Records: readonly { readonly kinesis: { data: string } }[];
}

/**
 * The event as the function gets it. Its data is used up: left to the garbage collector, such buffers make it go through
 * the whole heap again and again, which costs more than the event itself.
 */
export const eventOf = (text: string, { bytes, ends }: RecordData): unknown => {
  const event = JSON.parse(text) as StreamEvent;
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let from = 0;
  for (const [index, { kinesis }] of event.Records.entries()) {
    const to = ends[index] as number;
    kinesis.data = data.toString('base64', from, to);
    from = to;
  }
  bytes.buffer.transfer(0);
  return event;
};

/** The event as JSON text, whole. */
export const payloadText = (payload: Payload): string =>
  typeof payload === 'string' ? payload : JSON.stringify(eventOf(payload.text, payload.data()));
