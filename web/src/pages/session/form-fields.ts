/** The fields of everything about accounts, checked by the API's own schemas, with words for what is wrong in each language. */
import { z } from 'zod';
import { email, newPassword } from '../../../../contracts/api/account.ts';
import type { Text } from '../../../../contracts/text.ts';
import type { ProblemError } from '../../api/problem-error.ts';
import { sessionText } from '../../i18n/session.ts';

export type FieldName =
  | 'workspace'
  | 'name'
  | 'email'
  | 'password'
  | 'currentPassword'
  | 'newPassword'
  | 'code'
  | 'recoveryCode';

export interface Field {
  label: Text;
  help?: Text;
  schema: z.ZodType<string>;
  wrong: Text;
  autoComplete: string;
  input: 'text' | 'email' | 'password' | 'digits';
  /** What the API calls it where that differs. */
  apiName?: string;
}

const shortName = z.string().trim().min(1).max(64);
const filled = z.string().min(1).max(200);

export const fields: Record<FieldName, Field> = {
  workspace: {
    label: sessionText.workspace,
    schema: shortName,
    wrong: sessionText.nameWrong,
    autoComplete: 'organization',
    input: 'text',
  },
  name: {
    label: sessionText.yourName,
    schema: shortName,
    wrong: sessionText.nameWrong,
    autoComplete: 'name',
    input: 'text',
  },
  email: {
    label: sessionText.email,
    schema: email,
    wrong: sessionText.emailWrong,
    autoComplete: 'username',
    input: 'email',
  },
  password: {
    label: sessionText.password,
    schema: filled,
    wrong: sessionText.required,
    autoComplete: 'current-password',
    input: 'password',
  },
  currentPassword: {
    label: sessionText.currentPassword,
    schema: filled,
    wrong: sessionText.required,
    autoComplete: 'current-password',
    input: 'password',
    apiName: 'current',
  },
  newPassword: {
    label: sessionText.password,
    help: sessionText.passwordHelp,
    schema: newPassword,
    wrong: sessionText.passwordShort,
    autoComplete: 'new-password',
    input: 'password',
    apiName: 'password',
  },
  code: {
    label: sessionText.code,
    schema: z.string().regex(/^\s*\d{3}\s?\d{3}\s*$/),
    wrong: sessionText.codeWrong,
    autoComplete: 'one-time-code',
    input: 'digits',
  },
  recoveryCode: {
    label: sessionText.recoveryCode,
    schema: filled,
    wrong: sessionText.required,
    autoComplete: 'off',
    input: 'text',
    apiName: 'code',
  },
};

/** Which of a form's fields the API found wrong. Undefined: it speaks of something that is not in the form. */
export function fieldsRefused(problem: ProblemError, names: readonly FieldName[]): FieldName[] | undefined {
  const refused = problem.errors.map((error) =>
    names.find((name) => (fields[name].apiName ?? name) === error.field),
  );
  return refused.length > 0 && refused.every((name) => name !== undefined) ? refused : undefined;
}
