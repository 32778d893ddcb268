export default {
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts'],
  // No promise about speed: what hangs is ended, on a busy machine too.
  testTimeout: 120_000,
  testPathIgnorePatterns: ['/node_modules/', '\\.(live|engines|slow)\\.test\\.ts$'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
};
