/**
 * `@jest/globals` for test files that Node loads. What tells of tests follows the file that is loaded just now; `expect` is of
 * the tests' own realm, or `expect.any(String)` would mean another `String` than theirs.
 */
import type * as Jest from '@jest/globals';

export { jestExpect as expect } from '@jest/expect';

type Globals = Pick<
  typeof Jest,
  'describe' | 'it' | 'test' | 'beforeAll' | 'beforeEach' | 'afterAll' | 'afterEach'
>;

export let { describe, it, test, beforeAll, beforeEach, afterAll, afterEach } = {} as Globals;

export function setGlobals(given: Globals): void {
  ({ describe, it, test, beforeAll, beforeEach, afterAll, afterEach } = given);
}
