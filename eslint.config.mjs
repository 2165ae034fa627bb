import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { houseRules } from './build/lint/house-rules.mjs';

const sources = ['{shared,electron,renderer}/**/*.{ts,tsx}'];
const tests = ['**/*.test.{ts,tsx}', '**/e2e/**/*.ts', '**/testing/**/*.ts'];

export default defineConfig(
  globalIgnores([
    'dist/',
    'release/',
    '.cache/',
    'coverage/',
    'screens/',
    'test-results/',
    '**/fixtures/**',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        tsconfigRootDir: import.meta.dirname,
        project: [
          'shared/tsconfig.json',
          'shared/tsconfig.test.json',
          'electron/tsconfig.json',
          'electron/tsconfig.test.json',
          'renderer/tsconfig.json',
          'renderer/tsconfig.test.json',
          'build/tsconfig.json',
        ],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/max-params': ['error', { max: 4 }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-shadow': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/require-await': 'off', // An adapter may answer a promise-shaped port at once.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { requireDefaultForNonUnion: true },
      ],
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 60, IIFEs: true }],
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-undef': 'off', // The compiler knows each layer's globals; the linter does not.
      'prefer-const': 'error',
    },
  },
  {
    files: sources,
    ignores: tests,
    plugins: { house: houseRules },
    rules: { 'house/no-weakened-window': 'error' },
  },
  {
    files: sources,
    ignores: [...tests, 'electron/platform/**', 'renderer/ui/**'],
    plugins: { house: houseRules },
    rules: { 'house/no-ambient-world': 'error' },
  },
  {
    files: sources,
    ignores: [...tests, 'electron/{ipc,shell}/**', 'electron/{main,preload}.ts'],
    plugins: { house: houseRules },
    rules: { 'house/no-electron-api': 'error' },
  },
  {
    files: sources,
    ignores: [...tests, 'electron/ipc/**'],
    plugins: { house: houseRules },
    rules: { 'house/no-ipc-main': 'error' },
  },
  {
    files: sources,
    ignores: [...tests, 'electron/{cli,platform,simulator}/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    rules: {
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
    },
  },
  {
    files: tests,
    plugins: { house: houseRules },
    rules: {
      'house/no-idle-test': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'max-lines-per-function': 'off',
    },
  },
);
