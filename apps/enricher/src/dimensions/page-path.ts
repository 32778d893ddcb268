import { type EventRow, pagePlace } from '@acme/telemetry-schema';

/** The longest path that a page of the site has, in UTF-16 units; so no key passes DynamoDB's 2,048 bytes. */
export const longestPath = 512;

/**
 * The path of the page that an event happened on, without host, query and fragment; undefined for an event without a
 * page, and for a path longer than any that the site has.
 */
export const pagePathOf = ({ page_url: url }: EventRow): string | undefined => {
  if (url === undefined) return undefined;
  const { path } = pagePlace(url);
  return path.length > longestPath ? undefined : path;
};
