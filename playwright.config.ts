import { defineConfig } from '@playwright/test';
import { join } from 'node:path';

const output = process.env['ENIGMA_APEX_TEST_OUTPUT'] ?? '.cache';

export default defineConfig({
  testDir: '.',
  outputDir: join(output, 'test-results'),
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  reporter: [['list'], ['json']],
  projects: [
    { name: 'e2e', testMatch: '{electron,renderer,build/test-runtime}/e2e/**/*.spec.ts' },
    { name: 'screens', testMatch: '{electron,renderer}/e2e/**/*.screens.ts' },
  ],
});
