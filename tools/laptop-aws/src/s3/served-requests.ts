import { S3Error } from './fauxqs.ts';

/** What a request names, without its body. */
export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** By their names in lower case. */
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** The query of one operation: all of `needs`, and of `takes` what the caller likes. */
interface Operation {
  readonly needs?: readonly string[];
  readonly takes?: readonly string[];
  readonly formOnly?: true;
}

const listing = ['delimiter', 'encoding-type', 'max-keys', 'prefix'];
const paging = ['delimiter', 'encoding-type', 'key-marker', 'prefix'];
const tagging: Operation = { needs: ['tagging'], takes: ['versionId'] };
const read: Operation = {
  takes: [
    ...['response-cache-control', 'response-content-disposition', 'response-content-encoding'],
    ...['response-content-language', 'response-content-type', 'response-expires', 'partNumber', 'versionId'],
  ],
};

/** Names as in S3's API reference (docs.aws.amazon.com/AmazonS3/latest/API), "URI Request Parameters". */
const ofBucket: Readonly<Record<string, readonly Operation[]>> = {
  PUT: [{}, { needs: ['lifecycle'] }],
  HEAD: [{}],
  GET: [
    { takes: [...listing, 'marker'] },
    { needs: ['list-type'], takes: [...listing, 'continuation-token', 'fetch-owner', 'start-after'] },
    { needs: ['lifecycle'] },
    { needs: ['location'] },
    { needs: ['uploads'], takes: [...paging, 'max-uploads', 'upload-id-marker'] },
    { needs: ['versions'], takes: [...paging, 'max-keys', 'version-id-marker'] },
  ],
  DELETE: [{}, { needs: ['lifecycle'] }],
  POST: [{ needs: ['delete'] }, { formOnly: true }],
};
const ofObject: Readonly<Record<string, readonly Operation[]>> = {
  PUT: [{}, { needs: ['partNumber', 'uploadId'] }, tagging],
  HEAD: [read],
  GET: [
    read,
    { needs: ['attributes'], takes: ['versionId'] },
    tagging,
    { needs: ['uploadId'], takes: ['encoding-type', 'max-parts', 'part-number-marker'] },
  ],
  DELETE: [{ takes: ['versionId'] }, { needs: ['uploadId'] }, tagging],
  POST: [{ needs: ['uploads'] }, { needs: ['uploadId'] }],
};

/** What both ways of signing a URL add, and the name of the operation, which the SDKs add. */
const ofAnyRequest = /^(x-id|x-amz-.*|AWSAccessKeyId|Signature|Expires)$/i;

/** These say which upload and part; without a value the request would be taken for the plain verb. */
const neverEmpty = new Set(['partNumber', 'uploadId']);

/** No versions are kept here, nor where the parts of an object were: these values mean the object itself. */
const onlyValue: Readonly<Record<string, string>> = { versionId: 'null', partNumber: '1' };

/** Headers that would give an object a lock. There are none here, and to take them silently would be untrue. */
const setsWhatIsNotKept = /^x-amz-object-lock-.*$/;

/**
 * Why a request is not served, or undefined when it is. This is a list of what is allowed, because fauxqs takes an
 * unknown sub-resource for the plain verb: to delete an object's tags would delete the object.
 */
export const notServed = ({ method, bucket, key, query, headers = {} }: S3Request): S3Error | undefined => {
  // A browser's form posts an object to a bucket.
  const isForm = String(headers['content-type'] ?? '').startsWith('multipart/form-data');
  const names = Object.keys(query).filter((name) => !ofAnyRequest.test(name));
  const isTaken = (name: string): boolean => !(name in onlyValue) || query[name] === onlyValue[name];
  const isServed = ((key ? ofObject : ofBucket)[method] ?? []).some(
    ({ needs = [], takes = [], formOnly = false }) =>
      (!formOnly || isForm) &&
      needs.every((name) => names.includes(name) && !(neverEmpty.has(name) && query[name] === '')) &&
      names.every((name) => needs.includes(name) || (takes.includes(name) && isTaken(name))),
  );
  const notKept =
    method === 'GET' || method === 'HEAD' ? [] : Object.keys(headers).filter((name) => setsWhatIsNotKept.test(name));
  if (isServed && notKept.length === 0) return undefined;
  const what = [...(names.length > 0 && !isServed ? [`?${names.join('&')}`] : []), ...notKept].join(' and ');
  const asked = `${method} of ${key ? 'an object' : 'a bucket'}${what ? ` with ${what}` : ''}`;
  const message = `The laptop platform's S3 does not serve ${asked}. Nothing was changed. Use an AWS account for this.`;
  return new S3Error('NotImplemented', message, 501, key ? `/${bucket}/${key}` : `/${bucket}`);
};
