/** MCP as a client: connections to servers that a workspace has chosen. */
export type { McpConnection, McpConnectionOptions } from './connection.ts';
export { createMcpPool, type McpPool, type McpPoolOptions } from './connection-pool.ts';
export { folderOfServer } from './folder-of-server.ts';
export { accessTokenOfGrant, beginAgreement, finishAgreement, openMcpConnection } from './late.ts';
export { McpFailure, type McpFailureCode } from './mcp-failure.ts';
export type { McpFile, McpResult } from './mcp-result.ts';
export type { Agreement } from './oauth/agree.ts';
export { keeperOf } from './oauth/grant.ts';
export { NotConnected } from './oauth/not-connected.ts';
export { SessionGone, Unauthorized } from './turned-away.ts';
