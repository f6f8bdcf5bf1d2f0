import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '../../api/problem-error.ts';
import { type FieldName, fields, fieldsRefused } from './form-fields.ts';

describe('fields', () => {
  it.each<[FieldName, string, boolean]>([
    ['email', 'ana@example.com', true],
    ['email', 'ana@', false],
    ['newPassword', '123456789', false],
    ['newPassword', '1234567890', true],
    ['password', 'x', true],
    ['password', '', false],
    ['name', '   ', false],
    ['code', '123456', true],
    ['code', '123 456', true],
    ['code', '12345', false],
    ['code', 'abcdef', false],
    ['recoveryCode', 'k3v9-x2', true],
  ])('%s: %s', (name, value, good) => {
    expect(fields[name].schema.safeParse(value).success).toBe(good);
  });
});

describe('fieldsRefused', () => {
  const problem = (...names: string[]) =>
    new ProblemError({
      status: 400,
      code: 'invalid-request',
      title: '',
      detail: '',
      errors: names.map((field) => ({ field, message: '' })),
    });

  it("finds the form's fields by the API's names", () => {
    expect(fieldsRefused(problem('password', 'email'), ['email', 'newPassword'])).toEqual([
      'newPassword',
      'email',
    ]);
    expect(fieldsRefused(problem('current'), ['currentPassword', 'newPassword'])).toEqual([
      'currentPassword',
    ]);
  });

  it('gives nothing where the form could not show it all', () => {
    expect(fieldsRefused(problem('email', 'token'), ['email'])).toBeUndefined();
    expect(fieldsRefused(problem(), ['email'])).toBeUndefined();
  });
});
