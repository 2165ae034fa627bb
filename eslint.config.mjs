import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'release/', '.cache/', '**/fixtures/**', 'test-results/', 'screens/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          'shared/tsconfig.json',
          'shared/tsconfig.test.json',
          'electron/tsconfig.json',
          'electron/tsconfig.test.json',
          'renderer/tsconfig.json',
          'renderer/tsconfig.test.json',
          'build/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },
);
