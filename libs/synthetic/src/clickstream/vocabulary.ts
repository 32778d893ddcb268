import type { ClickstreamDeviceType, ClickstreamEventType } from '@acme/telemetry-schema';
import { genres } from '../universe/vocabulary.ts';

// Columns hold positions in these lists, so their order is part of what a seed means.
export const clickstreamTypes = [
  'page_view',
  'purchase',
  'user_signup',
  'click',
  'error',
  'add_to_cart',
] as const satisfies readonly ClickstreamEventType[];

export const clickstreamDevices = [
  'desktop',
  'mobile',
  'tablet',
  'tv',
  'web',
] as const satisfies readonly ClickstreamDeviceType[];

/** Where visitors come from; nobody sends those who come by themselves. */
export const campaignSources = [undefined, 'google', 'newsletter', 'instagram', 'youtube', 'affiliate'] as const;

export const signupMethods = ['email', 'google', 'apple'] as const;
export const paymentMethods = ['credit_card', 'paypal', 'gift_card', 'bank_transfer'] as const;

export const elements = [
  { elementId: 'play-trailer', elementType: 'button' },
  { elementId: 'cta-button', elementType: 'button' },
  { elementId: 'watchlist', elementType: 'button' },
  { elementId: 'search-box', elementType: 'input' },
  { elementId: 'menu', elementType: 'link' },
  { elementId: 'next-row', elementType: 'link' },
] as const;

export const errors = [
  { errorType: 'javascript', errorMessage: 'Cannot read property of undefined' },
  { errorType: 'network', errorMessage: 'Failed to fetch' },
  { errorType: 'timeout', errorMessage: 'The server did not answer within 10 seconds' },
  { errorType: 'playback', errorMessage: 'The trailer could not be decoded' },
] as const;

/** Pages that are there in every universe; a title's own page comes behind them. */
export const sitePages: readonly string[] = [
  '/home',
  '/search',
  '/signup',
  '/checkout',
  ...genres.map((genre) => `/browse/${genre.toLowerCase().replaceAll(' ', '-')}`),
];
