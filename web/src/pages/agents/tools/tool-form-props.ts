import type { Tool } from '../../../../../contracts/agents/tool.ts';

export interface ToolFormProps {
  tool: Tool;
  /** Id of the agent: it can't be a tool of itself. */
  self: string;
  onChange(tool: Tool): void;
  /** By field of the tool. */
  errorOf(field: string): string | undefined;
}
