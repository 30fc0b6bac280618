/** The tests run as ES modules, compiled by swc: `tsc` checks the types, jest does not. */
export default {
  testEnvironment: 'node',
  // Generous: tests wait for conditions, and nothing asserts a time.
  testTimeout: 30_000,
  // They wait for processes and databases more than they work: two at once on two cores, too.
  maxWorkers: 2,
  roots: ['<rootDir>/test'],
  testPathIgnorePatterns: ['<rootDir>/test/browser/'],
  globalSetup: '<rootDir>/test/global-setup.ts',
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'hono/jsx' } },
          target: 'es2023',
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
