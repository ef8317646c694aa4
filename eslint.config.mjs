import tseslint from 'typescript-eslint'

// Few rules, each an error. What the compiler already refuses (unused locals, enums, implicit any) is not said twice.
export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/build/',
      '**/.cache/',
      '**/.turbo/',
      '**/.data/',
      '**/*.generated.ts',
      '**/*.mjs',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    // A rule that is wrong here is changed here, where everybody sees it.
    linterOptions: { noInlineConfig: true },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // "as const" stays allowed; every other assertion would only silence the compiler.
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Export by name; only routes and config files export a default.',
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read the environment in env.ts, once, parsed.' },
      ],
    },
  },
  {
    // What Remix and the tools demand by name.
    files: [
      '**/*.config.ts',
      'apps/web/app/{root,entry.client,entry.server}.tsx',
      'apps/web/app/routes.ts',
      'apps/web/app/routes/**',
      'apps/web/tests/setup.ts',
      'tooling/testing/src/setup.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // Remix answers from inside a loader by throwing a Response.
    files: ['apps/web/**'],
    rules: { '@typescript-eslint/only-throw-error': 'off' },
  },
  {
    // Whoever sends a browser elsewhere goes through the check of the address.
    files: ['apps/web/app/**'],
    ignores: ['apps/web/app/redirect.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        ...['@remix-run/node', '@remix-run/react', 'react-router'].map((name) => ({
          name,
          importNames: ['redirect', 'redirectDocument', 'replace'],
          message: 'Use redirectTo (app/redirect.ts).',
        })),
      ],
    },
  },
  {
    files: ['**/env.ts', '**/env.server.ts', 'tooling/**'],
    rules: { 'no-restricted-properties': 'off' },
  },
)
