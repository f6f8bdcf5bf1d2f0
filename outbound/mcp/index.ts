/** MCP as a client: connections to servers that a workspace has chosen. */
export {
  type McpConnection,
  type McpConnectionOptions,
  openMcpConnection,
  SessionGone,
  Unauthorized,
} from './connection.ts';
export { createMcpPool, type McpPool, type McpPoolOptions } from './connection-pool.ts';
export { folderOfServer } from './folder-of-server.ts';
export { McpFailure, type McpFailureCode } from './mcp-failure.ts';
export type { McpFile, McpResult } from './mcp-result.ts';
export { accessTokenOfGrant, NotConnected } from './oauth/access-token.ts';
export { type Agreement, beginAgreement, finishAgreement } from './oauth/agree.ts';
export { keeperOf } from './oauth/grant.ts';
