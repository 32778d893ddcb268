/** What a request took of one table, in capacity units; with its indexes, and its local ones counted to the table. */
export interface ConsumedCapacity {
  readonly TableName: string;
  readonly CapacityUnits: number;
  /** Of transactions alone, which say what they took: to write, or to answer a repeated token by reading. */
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
  readonly Table?: unknown;
  readonly LocalSecondaryIndexes?: unknown;
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits: number }>>;
}

/** How much of it the client has asked for. */
const details = ['NONE', 'TOTAL', 'INDEXES'] as const;
type Detail = (typeof details)[number];

/** The operations that take ReturnConsumedCapacity (API reference), without those of PartiQL: they may read or write. */
const reads: readonly string[] = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems'];
const writes: readonly string[] = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'];

export const isRead = (operation: string): boolean => reads.includes(operation);
export const takesCapacity = (operation: string): boolean => isRead(operation) || writes.includes(operation);

export interface Asking {
  /** The request, asking for the capacity of the table and of each index. */
  readonly body: Buffer;
  readonly wanted: Detail;
}

/** What an object with members begins with, in JSON's own blanks; there is room for some. */
const opening = (body: Buffer): string | undefined =>
  /^[ \t\r\n]*\{[ \t\r\n]*(?=")/.exec(body.toString('latin1', 0, 64))?.[0];

/** The member of a request; its name within an item has an object for its value. */
const askedFor = /("ReturnConsumedCapacity"[ \t\r\n]*:[ \t\r\n]*)(?:null|"(?:NONE|TOTAL|INDEXES)")/g;

const asked = Buffer.from('{"ReturnConsumedCapacity":"INDEXES",');

/**
 * Has a request ask for all there is to know of its capacity. All else stays, byte by byte, so that the engine reads
 * what the client wrote. Only the text is looked at, unless the client may ask itself: transactions are large and many.
 * Undefined is a request that the engine will refuse, and should refuse as it is.
 */
export const askForCapacity = (body: Buffer): Asking | undefined => {
  // Quotes within a text are escaped, so this is the name of a member, or all of a text.
  const input = body.includes('"ReturnConsumedCapacity"') ? parsed(body.toString('utf8')) : {};
  if (input === undefined) return undefined;
  if (Object.hasOwn(input, 'ReturnConsumedCapacity'))
    return askForMore(body, input['ReturnConsumedCapacity'] ?? 'NONE');
  const start = opening(body);
  return start === undefined
    ? undefined
    : { body: Buffer.concat([asked, body.subarray(start.length)]), wanted: 'NONE' };
};

const askForMore = (body: Buffer, own: unknown): Asking | undefined => {
  const wanted = details.find((detail) => detail === own);
  const text = body.toString('latin1'); // a character for each byte
  if (wanted === undefined || [...text.matchAll(askedFor)].length !== 1) return undefined;
  return { body: Buffer.from(text.replace(askedFor, '$1"INDEXES"'), 'latin1'), wanted };
};

export interface Taken {
  /** By table. */
  readonly capacity: readonly ConsumedCapacity[];
  /** The answer with as much of it as was wanted. */
  readonly body: Buffer;
}

const member = '"ConsumedCapacity":';

/** Reads the capacity from an answer. Only its end is parsed: the items, which may be a megabyte, come before. */
export const takeCapacity = (answer: Buffer, wanted: Detail): Taken => {
  for (let at = answer.lastIndexOf(member); at >= 0; at = at === 0 ? -1 : answer.lastIndexOf(member, at - 1)) {
    // Within an item or as the name of an index, it does not end where the answer ends.
    const end = parsed(`{${answer.toString('utf8', at)}`);
    if (end === undefined) continue;
    const { ConsumedCapacity: consumed, ...others } = end as { ConsumedCapacity: Consumed };
    const capacity = [consumed].flat() as ConsumedCapacity[];
    if (wanted === 'INDEXES') return { capacity, body: answer };
    const rest = wanted === 'NONE' ? others : { ConsumedCapacity: totals(consumed), ...others };
    return { capacity, body: withEnd(answer.subarray(0, at), rest) };
  }
  return { capacity: [], body: answer };
};

type Consumed = ConsumedCapacity | readonly ConsumedCapacity[];

const totals = (consumed: Consumed): unknown =>
  Array.isArray(consumed) ? consumed.map(total) : total(consumed as ConsumedCapacity);

const total = ({ Table: _, LocalSecondaryIndexes: __, GlobalSecondaryIndexes: ___, ...sums }: ConsumedCapacity) => sums;

/** @param start an object's text up to a member, which is left out with its comma when none comes in its place */
const withEnd = (start: Buffer, members: object): Buffer => {
  const end = JSON.stringify(members).slice(1);
  const isComma = start.at(-1) === ','.charCodeAt(0);
  return Buffer.concat([end === '}' && isComma ? start.subarray(0, -1) : start, Buffer.from(end)]);
};

/** An object, or undefined where the text is none. */
const parsed = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};
