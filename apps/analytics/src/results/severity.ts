import type { ClickstreamEventOf } from '@acme/telemetry-schema';
import { pageOf } from '../page.ts';

const grave = new Set(['payment', 'security', 'crash', 'server']);
const slight = new Set(['validation', 'warning', 'not_found']);
/** Where an error costs a sale. */
const whereMoneyIs = /^\/?(?:[^/]+\.[^/]+\/)?(?:checkout|payment|cart)(?:\/|$)/;

/** How bad an error is: high where it costs a sale or its kind is grave, low where the user can mend it, else medium. */
export const severity = ({ errorType, pageUrl }: ClickstreamEventOf<'error'>): 'high' | 'medium' | 'low' => {
  const kind = errorType.toLowerCase();
  if (grave.has(kind) || (pageUrl !== undefined && whereMoneyIs.test(pageOf(pageUrl)))) return 'high';
  return slight.has(kind) ? 'low' : 'medium';
};
