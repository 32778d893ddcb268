/** Where a page is: its site, if the sender named one, and its path on it. */
export interface PagePlace {
  /** In lower case, with the port where one is named; undefined when the sender gave a path alone. */
  readonly host: string | undefined;
  /** As it was sent, `/` when empty. */
  readonly path: string;
}

/**
 * The place that a page URL or path names: `HTTPS://Shop.Example/A?id=7#top` is `/A` on `shop.example`. Query and
 * fragment are of a visit and not of a page. Schemes and hosts are the same in any case, paths are not, and no path is
 * `/` (RFC 3986, sections 6.2.2.1 and 6.2.3). Nothing else is rewritten. Half a surrogate pair is U+FFFD, as it is
 * stored: two pages that differ in it alone are one.
 */
export const pagePlace = (url: string): PagePlace => {
  const end = url.search(/[?#]/);
  const place = (end < 0 ? url : url.slice(0, end)).toWellFormed();
  const [scheme, host] = /^https?:\/\/([^/]*)/i.exec(place) ?? [''];
  return { host: host?.toLowerCase(), path: place.slice(scheme.length) || '/' };
};
