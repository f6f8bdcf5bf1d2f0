/** Node itself loads the tests, types stripped (scripts/jest/native-runtime.ts): nothing is transformed. */
export default {
  testEnvironment: 'node',
  transform: {},
  runtime: '<rootDir>/scripts/jest/native-runtime.ts',
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/.hiviex/', '/dist/'],
  modulePathIgnorePatterns: ['/.hiviex/'],
  testTimeout: 60_000,
};
