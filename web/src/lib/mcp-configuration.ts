/** What programs that keep a list of MCP servers take in to use this workspace. The key is for them to fill in. @param url of our endpoint */
export function mcpConfiguration(url: string): string {
  const headers = { Authorization: 'Bearer YOUR_API_KEY' };
  return JSON.stringify({ mcpServers: { hiviex: { type: 'http', url, headers } } }, null, 2);
}
