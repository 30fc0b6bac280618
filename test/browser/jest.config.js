import root from '../../jest.config.js';

/** The browser tests: one product for all of them. Their walks wait more than they work, so three go side by side. */
// biome-ignore lint/style/noDefaultExport: Jest reads its settings from the default export.
export default {
  ...root,
  rootDir: '../..',
  roots: ['<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/browser/global-setup.ts',
  maxWorkers: 3,
  testTimeout: 120_000,
};
