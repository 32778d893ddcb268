import type { AwsService } from '../../aws/service.ts';
import type { RequestFilter, RequestMetrics } from '../../s3/resource.ts';
import type { Metrics } from '../store/metrics.ts';

export interface S3Requests extends RequestMetrics {
  /** The service, its requests counted. */
  counted(service: AwsService): AwsService;
}

/**
 * S3's request metrics, of buckets whose template switches them on: AWS/S3 AllRequests, PutRequests, 4xxErrors and
 * 5xxErrors, by BucketName and FilterId. A request whose connection was cut off has no answer, and is none of them.
 */
export const s3Requests = (metrics: Metrics): S3Requests => {
  const filters = new Map<string, readonly RequestFilter[]>();

  const add = (bucket: string, { Id }: RequestFilter, method: string, status: number): void => {
    const dimensions = [
      { Name: 'BucketName', Value: bucket },
      { Name: 'FilterId', Value: Id },
    ];
    const count = (name: string, value: number): void =>
      metrics.add({ namespace: 'AWS/S3', name, dimensions }, [value], { unit: 'Count' });
    count('AllRequests', 1);
    if (method === 'PUT') count('PutRequests', 1);
    count('4xxErrors', status >= 400 && status < 500 ? 1 : 0);
    count('5xxErrors', status >= 500 ? 1 : 0);
  };

  return {
    define: (bucket, some) => void filters.set(bucket, some),
    counted: (service) => (request, response) => {
      const { bucket, key } = objectOf(request.url ?? '');
      const matching = filters.get(bucket)?.filter(({ Prefix = '' }) => key.startsWith(Prefix)) ?? [];
      if (matching.length === 0) return service(request, response);
      // An error that the service throws is answered by the front, and finishes like any other answer.
      response.once('finish', () => {
        for (const filter of matching) add(bucket, filter, request.method ?? '', response.statusCode);
      });
      return service(request, response);
    },
  };
};

/** Bucket and key of a path-style address. */
const objectOf = (url: string): { readonly bucket: string; readonly key: string } => {
  const [bucket = '', ...key] = (url.split('?')[0] as string).slice(1).split('/');
  return { bucket, key: decoded(key.join('/')) };
};

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // S3 refuses it
  }
};
