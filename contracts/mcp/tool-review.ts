/**
 * What may be shown to a model of what a server says about its tools. A description is read by the model as if we had written it, so a
 * person reads it first, and again when it has changed: a server that was harmless yesterday can describe itself otherwise today.
 */
import { canonicalText } from '../canonical-text.ts';
import type { McpTool } from './mcp-tool.ts';

/**
 * `new`: nobody has approved it. `approved`: as it is. `changed`: approved, and described otherwise since. `gone`: approved, and the
 * server has it no longer.
 */
export type ReviewState = 'new' | 'approved' | 'changed' | 'gone';

export interface ReviewedTool {
  name: string;
  state: ReviewState;
  /** As the server described it last; left out: it is gone. */
  listed?: McpTool | undefined;
  /** As it was approved; left out: it never was. */
  approved?: McpTool | undefined;
}

/** In the server's order; what is gone comes last. */
export function reviewTools(listed: readonly McpTool[], approved: readonly McpTool[]): ReviewedTool[] {
  const shown = listed.map((tool): ReviewedTool => {
    const before = approved.find(({ name }) => name === tool.name);
    if (!before) return { name: tool.name, state: 'new', listed: tool };
    return {
      name: tool.name,
      state: sameTool(tool, before) ? 'approved' : 'changed',
      listed: tool,
      approved: before,
    };
  });
  const gone = approved
    .filter(({ name }) => !listed.some((tool) => tool.name === name))
    .map((tool): ReviewedTool => ({ name: tool.name, state: 'gone', approved: tool }));
  return [...shown, ...gone];
}

/** What a model may be told of and call: approved, and unchanged as far as is known. */
export function usableTools(listed: readonly McpTool[], approved: readonly McpTool[]): McpTool[] {
  return reviewTools(listed, approved).flatMap(({ state, listed: tool }) =>
    state === 'approved' && tool ? [tool] : [],
  );
}

export function sameTool(a: McpTool, b: McpTool): boolean {
  return canonicalText(a) === canonicalText(b);
}
