export { campaigns, type DayOfAdvertisements } from './campaigns.ts';
export { customers } from './customers.ts';
export { titles } from './titles.ts';
