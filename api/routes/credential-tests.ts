/** Trying a credential, as it is stored or before it is saved. */
import { z } from 'zod';
import { credentialTest, testCredential } from '../../contracts/api/credentials.ts';
import { mayDo } from '../access/authorize.ts';
import { checkDestination } from '../credentials/check-destination.ts';
import { testValues } from '../credentials/test-credential.ts';
import { checkValues } from '../credentials/values.ts';
import { ApiProblem, languageOf, notFound } from '../problems.ts';
import { defineRoute, sharedBy } from '../route.ts';

const tag = 'credentials';

export const testStored = defineRoute({
  method: 'post',
  path: '/credentials/:id/test',
  summary: 'Test a credential',
  description:
    'Calls the service it is for. The answer is 200 either way: `passed` and `message` say what came of it.',
  tag,
  auth: 'credential.use',
  audit: 'credential.test',
  resource: sharedBy('credential', 'id'),
  params: z.object({ id: z.string() }),
  responses: { 200: credentialTest },
  handler: async ({ principal, params: { id }, request }, deps) => {
    const { db } = deps;
    const opened = await db.inWorkspace(principal.workspace, ({ credentials }) => credentials.open(id));
    if (!opened) throw notFound('credential');
    const checked = checkValues(opened.type, { ...opened.fields, ...opened.secrets });
    const language = languageOf(request.headers['accept-language']);
    const result = await db.inWorkspace(principal.workspace, async ({ credentials }) => {
      const outcome = await testValues(deps, checked, language, credentials.tokens(id));
      await credentials.noteTest(id, outcome.passed);
      return outcome;
    });
    return { status: 200, body: result };
  },
});

export const testValuesOf = defineRoute({
  method: 'post',
  path: '/credentials/test',
  summary: 'Test values before they are saved',
  description:
    'With `id`, values that are left out are those of that credential; it takes the right to edit it. Tried elsewhere than it is saved for, its secrets have to be given.',
  tag,
  auth: 'credential.create',
  audit: 'credential.test',
  body: testCredential,
  responses: { 200: credentialTest },
  handler: async ({ principal, body: { type, values, id }, request }, deps) => {
    const { db } = deps;
    if (
      id !== undefined &&
      !(await mayDo(principal, 'credential.edit', () => ({ type: 'credential', id }), deps))
    )
      throw new ApiProblem('forbidden');
    const stored =
      id === undefined
        ? undefined
        : await db.inWorkspace(principal.workspace, ({ credentials }) => credentials.open(id));
    if (id !== undefined && stored?.type !== type) throw notFound('credential');
    const checked = checkValues(type, values, { ...stored?.fields, ...stored?.secrets });
    if (stored) checkDestination(stored, values);
    return {
      status: 200,
      body: await testValues(deps, checked, languageOf(request.headers['accept-language'])),
    };
  },
});
