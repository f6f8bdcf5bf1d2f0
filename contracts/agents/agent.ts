/**
 * Agents: instructions, a model, tools and limits. A *version* is immutable and a run is pinned to it; what is edited is the draft.
 */
import { z } from 'zod';
import { whileBusy } from '../chat/conversation.ts';
import { jsonObject } from '../json.ts';
import { parseModelChoice } from '../models/chain.ts';
import { agentStart } from './start.ts';
import { readResultTool, tool } from './tool.ts';

/** `private`: builders, and whom it is shared with. `workspace`: everybody in the workspace may talk to it. */
export const agentVisibility = z.enum(['private', 'workspace']);
export type AgentVisibility = z.output<typeof agentVisibility>;

/** What stands for `{{name}}` in the instructions; whoever starts a run may give another value. */
export const agentVariable = z.object({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Begin with a letter; then letters, digits and _.'),
  description: z.string().max(500).default(''),
  value: z.string().max(10_000).default(''),
});
export type AgentVariable = z.output<typeof agentVariable>;

/** Of one run, agents that it delegates to counted by themselves. Left out: no limit, but for the steps. */
export const agentLimits = z.object({
  /** Calls to the model. */
  steps: z.int().min(1).max(10_000).default(50),
  /** Sent and given, of all calls. */
  tokens: z.int().min(1).optional(),
  /** Micro-units. A model without a price can't keep to it, and is refused. */
  money: z.int().min(1).optional(),
  /** Of work: waiting for people does not count. */
  seconds: z.int().min(1).optional(),
});
export type AgentLimits = z.output<typeof agentLimits>;

export const agentParameters = z.object({
  temperature: z.number().min(0).max(2).optional(),
  /** Most tokens of one answer of the model. */
  maxTokens: z.int().min(1).max(1_000_000).optional(),
  /** Tokens of context at which what is old is summarized. Keep it below what the smallest model of the chain reads. */
  contextTokens: z.int().min(2_000).max(2_000_000).default(60_000),
});

export const agentDefinition = z
  .object({
    instructions: z.string().max(100_000).default(''),
    variables: z.array(agentVariable).max(100).default([]),
    /** As `contracts/models/chain.ts` writes a choice; '': the workspace's default. */
    model: z
      .string()
      .max(400)
      .default('')
      .refine((value) => parseModelChoice(value) !== undefined, { message: 'Choose a model.' }),
    parameters: agentParameters.prefault({}),
    tools: z.array(tool).max(100).default([]),
    /** Messages to begin with, that a person may choose. */
    starters: z.array(z.string().trim().min(1).max(500)).max(12).default([]),
    limits: agentLimits.prefault({}),
    /** What becomes of a message that comes while it answers. */
    whileBusy: whileBusy.default('enqueue'),
    /** What starts it by itself. Left out: nothing. */
    starts: z
      .array(agentStart)
      .max(20)
      .refine((starts) => new Set(starts.map(({ id }) => id)).size === starts.length, {
        message: 'Two starts have the same id.',
      })
      .optional(),
    /** JSON schema of an object: the answer is given as such, too. */
    output: jsonObject.optional(),
  })
  .superRefine(({ tools, variables }, context) => {
    report(context, 'tools', [readResultTool, ...tools.map(({ name }) => name)], -1);
    report(
      context,
      'variables',
      variables.map(({ name }) => name),
      0,
    );
  });
export type AgentDefinition = z.output<typeof agentDefinition>;

/** Names that come twice. @param shift from a position among the names to that in the list */
function report(context: z.RefinementCtx, list: string, names: readonly string[], shift: number): void {
  for (const [position, name] of names.entries())
    if (names.indexOf(name) !== position)
      context.addIssue({
        code: 'custom',
        path: [list, position + shift, 'name'],
        message: `The name "${name}" is taken: choose another one.`,
      });
}
