export { bad, bar, count, dim, good, Progress, type Screen, strong } from '@acme/command-kit';
