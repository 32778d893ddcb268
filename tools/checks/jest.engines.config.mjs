import usual from './jest.config.mjs';

// Suites that need an engine beside Node: x.engines.test.ts.
export default {
  ...usual,
  testMatch: ['**/*.engines.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
