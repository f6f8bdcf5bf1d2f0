/** Why a tool of an MCP server is not called. */
import { StepFailure } from '../../contracts/effect.ts';

export function noServer(): StepFailure {
  return new StepFailure({
    code: 'mcp-server-missing',
    message: 'The MCP server is not in this workspace any more.',
    hint: 'Choose another one, or add it again under Settings → MCP servers.',
  });
}

export function serverOff(server: string): StepFailure {
  return new StepFailure({
    code: 'mcp-server-off',
    message: `The MCP server "${server}" is turned off.`,
    hint: 'Turn it on under Settings → MCP servers.',
  });
}

export function notApproved(tool: string, server: string): StepFailure {
  return new StepFailure({
    code: 'mcp-tool-not-approved',
    message: `The tool "${tool}" of "${server}" is not approved.`,
    hint: 'Whoever manages MCP servers reads what it says of itself and approves it under Settings → MCP servers.',
  });
}

export function toolChanged(tool: string, server: string): StepFailure {
  return new StepFailure({
    code: 'mcp-tool-changed',
    message: `"${server}" describes the tool "${tool}" otherwise than it was approved. It was not called.`,
    hint: 'Whoever manages MCP servers compares the two and approves it again under Settings → MCP servers.',
  });
}

/** @param said by the tool itself */
export function toolFailed(tool: string, said: string): StepFailure {
  return new StepFailure({
    code: 'mcp-tool-failed',
    message: said.slice(0, 4_000) || `"${tool}" failed without saying why.`,
  });
}
