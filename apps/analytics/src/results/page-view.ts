import type { ClickstreamEventOf } from '@acme/telemetry-schema';

type PageView = ClickstreamEventOf<'page_view'>;

/** How long the page took: good up to 2.5 s, poor over 4 s, the bounds of Largest Contentful Paint (web.dev/lcp). */
export const loadTimeClass = (ms: number | undefined): 'good' | 'needs improvement' | 'poor' | undefined => {
  if (ms === undefined) return undefined;
  if (ms <= 2_500) return 'good';
  return ms <= 4_000 ? 'needs improvement' : 'poor';
};

/**
 * How much the visit looks like a bounce, from 0 to 1: 1 for a single page within half a minute, 0.5 for up to two
 * pages within a minute, else 0; undefined when the event does not say how long or how many.
 */
export const bounceScore = ({ sessionLength, pagesViewed }: PageView): number | undefined => {
  if (sessionLength === undefined || pagesViewed === undefined) return undefined;
  if (pagesViewed <= 1 && sessionLength < 30) return 1;
  return pagesViewed <= 2 && sessionLength < 60 ? 0.5 : 0;
};
