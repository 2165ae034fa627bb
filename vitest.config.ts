import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,electron,renderer,build}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/e2e/**', '**/dist/**'],
    environment: 'node',
    globalSetup: ['build/test-runtime/property-seed.ts'],
    setupFiles: ['shared/testing/seeded-properties.ts'],
    allowOnly: false,
    passWithNoTests: false,
    retry: 0,
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
