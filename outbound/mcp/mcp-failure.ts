/** What can go wrong with an MCP server, said in every language. */
import type { Text } from '../../contracts/text.ts';

export type McpFailureCode =
  | 'mcp-unreachable'
  | 'mcp-refused'
  | 'mcp-redirected'
  | 'mcp-http-error'
  | 'mcp-no-server'
  | 'mcp-ended'
  | 'mcp-timeout'
  | 'mcp-error'
  | 'mcp-busy'
  | 'mcp-command-not-allowed'
  | 'mcp-command-failed';

/** `message` is the English text; people read `says` (what happened) and `hint` (what to do next). */
export class McpFailure extends Error {
  readonly code: McpFailureCode;
  readonly says: Text;
  readonly hint: Text;
  /** Another try, later, may do. It says nothing of whether a tool was called meanwhile. */
  readonly passes: boolean;
  /** For the operator only: it may hold secrets. */
  readonly forLog: string | undefined;

  constructor(
    code: McpFailureCode,
    says: Text,
    hint: Text,
    { passes = false, forLog }: { passes?: boolean; forLog?: string } = {},
  ) {
    super(says.en);
    this.name = 'McpFailure';
    this.code = code;
    this.says = says;
    this.hint = hint;
    this.passes = passes;
    this.forLog = forLog;
  }
}
