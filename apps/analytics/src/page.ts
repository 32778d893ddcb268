/** The longest page that counts by itself, in UTF-16 units: at most 768 bytes of the 1,024 that a sort key may have. */
const longest = 256;

/** Under it pages count whose path is longer. */
export const longPage = '(longer than 256 characters)';

/**
 * The page that a URL or path counts for: without query and fragment, which are of a visit and not of a page. A full
 * URL keeps its host, so that two sites stay apart.
 */
export const pageOf = (url: string): string => {
  const end = url.search(/[?#]/);
  const path = (end < 0 ? url : url.slice(0, end)).replace(/^https?:\/\//i, '');
  if (path.length > longest) return longPage;
  // Half a surrogate pair is stored as U+FFFD: two pages that differ in it alone are one key.
  return path === '' ? '/' : path.toWellFormed();
};
