/**
 * Every problem the API can answer with (RFC 9457), by stable code: what happened and what to do next, in each language.
 * `{name}` in a text is filled from the problem's values.
 */
import { z } from 'zod';
import { agentProblems } from './problems/agents.ts';
import { automationProblems } from './problems/automations.ts';
import { chatProblems } from './problems/chat.ts';
import { credentialProblems } from './problems/credentials.ts';
import { dataProblems } from './problems/data.ts';
import { deliveryProblems } from './problems/deliveries.ts';
import { fileProblems } from './problems/files.ts';
import { identityProblems } from './problems/identity.ts';
import { knowledgeProblems } from './problems/knowledge.ts';
import { knowledgeSearchProblems } from './problems/knowledge-search.ts';
import { mcpProblems } from './problems/mcp.ts';
import { modelProblems } from './problems/models.ts';
import { requestProblems } from './problems/requests.ts';
import { runProblems } from './problems/runs.ts';
import { waitingProblems } from './problems/waiting.ts';
import { workspaceProblems } from './problems/workspace.ts';
import type { Language, Text } from './text.ts';

export const problems = {
  ...requestProblems,
  ...identityProblems,
  ...workspaceProblems,
  ...automationProblems,
  ...credentialProblems,
  ...dataProblems,
  ...deliveryProblems,
  ...runProblems,
  ...waitingProblems,
  ...modelProblems,
  ...mcpProblems,
  ...agentProblems,
  ...fileProblems,
  ...chatProblems,
  ...knowledgeProblems,
  ...knowledgeSearchProblems,
};

export type ProblemCode = keyof typeof problems;

export const problemError = z.object({
  message: z.string(),
  /** Path of the field, e.g. `nodes.2.parameters.url`. */
  field: z.string().optional(),
  code: z.string().optional(),
  node: z.string().optional(),
  nodeName: z.string().optional(),
});

/** The body of every error answer, `application/problem+json`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  instance: z.string().optional(),
  errors: z.array(problemError).optional(),
  run: z.string().optional(),
});
export type Problem = z.output<typeof problem>;
export type ProblemError = z.output<typeof problemError>;

/** The problem as a person in `language` reads it. */
export function describeProblem(
  code: ProblemCode,
  values: Record<string, string | number> = {},
  language: Language = 'en',
): Pick<Problem, 'type' | 'title' | 'status' | 'code' | 'detail'> {
  const kind = problems[code];
  const fill = (template: Text) =>
    template[language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  return {
    type: `about:blank#${code}`,
    title: fill(kind.title),
    status: kind.status,
    code,
    detail: fill(kind.next),
  };
}
