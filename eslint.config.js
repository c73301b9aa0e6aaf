import tseslint from 'typescript-eslint';

/** The folders in the order of the flow; a folder may import itself and what stands before it. */
const reaches = {
  problems: [],
  config: ['problems'],
  imports: [],
  charts: ['config', 'problems', 'imports'],
  synth: ['charts', 'config', 'problems'],
  validate: ['synth', 'charts', 'config', 'problems'],
  gitops: ['synth', 'config', 'problems'],
  steps: ['gitops', 'validate', 'synth', 'charts', 'config', 'problems'],
  cli: ['gitops', 'validate', 'synth', 'charts', 'config', 'problems'],
};

const arrows = Object.entries(reaches).map(([folder, allowed]) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: Object.keys(reaches)
              .filter((other) => other !== folder && !allowed.includes(other))
              .flatMap((other) => [`**/${other}/*`, `**/${other}/**`]),
            message: `${folder}/ may import only ${[...allowed, folder].join(', ')} (docs/architecture.md).`,
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      'build/',
      'dist/',
      'node_modules/',
      'imports/*.ts',
      '!imports/triggers.tekton.dev.ts',
      '**/.driftloop/',
      'examples/**/rendered/',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  ...arrows,
);
