import { pagePlace } from '@acme/telemetry-schema';

/** The longest page that counts by itself, in UTF-16 units: at most 768 bytes of the 1,024 that a sort key may have. */
const longest = 256;

/** Under it pages count whose path is longer. */
export const longPage = '(longer than 256 characters)';

/** The page that a URL or path counts for. A full URL keeps its host, so that two sites stay apart. */
export const pageOf = (url: string): string => {
  const { host = '', path } = pagePlace(url);
  const page = `${host}${path}`;
  return page.length > longest ? longPage : page;
};
