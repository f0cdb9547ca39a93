import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts'],
    environment: 'node',
    // A test that passes only on the second try is a fault to be found.
    retry: 0,
    testTimeout: 15_000,
    hookTimeout: 15_000,
  },
});
