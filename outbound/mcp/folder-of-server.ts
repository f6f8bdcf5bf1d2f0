/** The folder of a program that is used as an MCP server: of one server of one workspace, and of nobody else. */
import { resolve } from 'node:path';

/** @param dataDir HIVIEX_DATA_DIR */
export function folderOfServer(
  dataDir: string,
  { workspace, server }: { workspace: string; server: string },
): string {
  return resolve(dataDir, 'mcp', workspace, server);
}
