import { createHash } from 'node:crypto';

const varint = (value: number): Buffer => {
  const bytes = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left % 128) + 128);
  }
};
/** A field of a protobuf message that holds bytes. */
export const bytesField = (field: number, bytes: Buffer): Buffer =>
  Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
/** A field that holds a number. */
export const numberField = (field: number, value: number): Buffer => Buffer.concat([varint(field * 8), varint(value)]);

/** A message as an aggregated record has it: behind the magic number, before its MD5. */
export const sealed = (message: Buffer): Buffer =>
  Buffer.concat([Buffer.from('f3899ac2', 'hex'), message, createHash('md5').update(message).digest()]);

/** Users' records packed as the Kinesis Producer Library packs them, each under a partition key. */
export const anAggregatedRecord = (
  records: readonly { readonly key: string; readonly data: string | Buffer }[],
): Buffer => {
  const keys = [...new Set(records.map(({ key }) => key))];
  return sealed(
    Buffer.concat([
      ...keys.map((key) => bytesField(1, Buffer.from(key))),
      bytesField(2, Buffer.from('340282366920938463463374607431768211455')),
      ...records.map(({ key, data }) => {
        const tags = bytesField(4, bytesField(1, Buffer.from('a tag')));
        const index = [numberField(1, keys.indexOf(key)), numberField(2, 0)];
        return bytesField(3, Buffer.concat([...index, bytesField(3, Buffer.from(data as string)), tags]));
      }),
    ]),
  );
};
