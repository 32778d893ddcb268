import { AsyncLocalStorage } from 'node:async_hooks';
import * as z from 'zod';
import { element } from '../aws/query-service.ts';
import { S3Error, type Tag as TagOfObject } from './fauxqs.ts';

export const Tag: z.ZodType<TagOfObject> = z.object({ key: z.string(), value: z.string() });
export type Tag = TagOfObject;

/**
 * The tags of the object or upload that is being written: fauxqs, which writes it, knows none. Undefined for a write
 * without tags.
 */
export const tagsOfWrite = new AsyncLocalStorage<readonly Tag[] | undefined>();

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html: of one object, and in UTF-16 characters */
const largestTags = 10;
const largestKey = 128;
const largestValue = 256;
/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tag.html, and the page above */
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The tags of a header `x-amz-tagging`, written as the query of a URL. @throws S3Error InvalidTag, BadRequest, InvalidArgument */
export const tagsOfHeader = (header: string): readonly Tag[] => {
  try {
    decodeURIComponent(header);
  } catch {
    throw new S3Error('InvalidArgument', "The header 'x-amz-tagging' shall be written as the query of a URL", 400);
  }
  return checked([...new URLSearchParams(header)].map(([key, value]) => ({ key, value })));
};

/** The tags of a `Tagging` document. @throws S3Error MalformedXML, InvalidTag, BadRequest */
export const tagsOfDocument = (xml: string): readonly Tag[] => {
  const bare = xml.replace(/<\?[^>]*\?>|<!--[^]*?-->/g, '').trim();
  const set = /^<Tagging(?: [^<>]*)?>\s*(?:<TagSet\s*\/>|<TagSet>([^]*)<\/TagSet>)\s*<\/Tagging>$/.exec(bare);
  if (!set) throw malformed();
  const tags = [...(set[1] ?? '').matchAll(tagElement)].map(([, inner = '']) => ({
    key: textOf(inner, 'Key'),
    value: textOf(inner, 'Value'),
  }));
  if ((set[1] ?? '').replace(tagElement, '').trim() !== '') throw malformed();
  return checked(tags);
};

export const taggingDocument = (tags: readonly Tag[] = []): string => {
  const set = tags.map(({ key, value }) => `<Tag>${element('Key', key)}${element('Value', value)}</Tag>`);
  return `<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet>${set.join('')}</TagSet></Tagging>`;
};

const tagElement = /<Tag>([^]*?)<\/Tag>/g;

const textOf = (xml: string, name: string): string => {
  const found = new RegExp(`<${name}\\s*/>|<${name}>([^<]*)</${name}>`).exec(xml);
  if (!found) throw malformed();
  return (found[1] ?? '').replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, named) => {
    if (named !== undefined) return entities[named as string] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    if (code > 0x10ffff) throw malformed();
    return String.fromCodePoint(code);
  });
};

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const checked = (tags: readonly Tag[]): readonly Tag[] => {
  if (tags.length > largestTags) {
    throw new S3Error('BadRequest', `Object tags cannot be greater than ${largestTags}`, 400);
  }
  if (new Set(tags.map(({ key }) => key)).size < tags.length) {
    throw invalid('Cannot provide multiple Tags with the same key');
  }
  for (const { key, value } of tags) {
    if (key === '' || key.length > largestKey || !allowed.test(key)) throw invalid(`The TagKey is invalid: ${key}`);
    if (value.length > largestValue || !allowed.test(value)) throw invalid(`The TagValue is invalid: ${value}`);
    if (/^aws:/i.test(key)) throw invalid('System tags cannot be added/updated by requester');
  }
  return tags;
};

const invalid = (message: string): S3Error => new S3Error('InvalidTag', message, 400);
const malformed = (): S3Error =>
  new S3Error('MalformedXML', 'The XML you provided was not well-formed or did not validate', 400);
