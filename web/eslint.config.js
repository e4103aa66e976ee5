import vue from 'eslint-plugin-vue'
import { globalIgnores } from 'eslint/config'
import ts from 'typescript-eslint'

export default ts.config(
  globalIgnores(['**/dist/', '**/schema.ts', 'e2e/screenshots/']),
  ...ts.configs.recommended,
  ...ts.configs.stylistic,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // The layout of templates is read, not measured; these would put each attribute on its line.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'any' } }],
      'vue/first-attribute-linebreak': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/require-default-prop': 'off', // an absent optional prop is `undefined`, and typed so
      'vue/html-indent': 'off',
      'vue/attributes-order': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error', // nothing that people write becomes HTML
    },
  },
  {
    rules: {
      'max-lines': ['error', 400],
      'no-console': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-empty-function': 'off', // "nothing" is a fine handler
      '@typescript-eslint/no-non-null-assertion': 'off', // each is a fact beside it
      '@typescript-eslint/consistent-type-definitions': 'off',
    },
  },
  { files: ['e2e/**'], rules: { 'no-console': 'off' } },
)
