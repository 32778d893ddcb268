export { campaigns, type DayOfAdvertisements } from './campaigns.ts';
export { customers } from './customers.ts';
export { type Page, pages } from './pages.ts';
export { titles } from './titles.ts';
