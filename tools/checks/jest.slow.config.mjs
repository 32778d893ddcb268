import usual from './jest.config.mjs';

// Suites that take minutes, though they need only Node: x.slow.test.ts.
export default {
  ...usual,
  testMatch: ['**/*.slow.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
