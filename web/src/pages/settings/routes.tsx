/** The addresses under `/settings`, relative to it. Each page is a chunk of its own. */
import type { ComponentType } from 'react';
import { Navigate, type RouteObject } from 'react-router';

function page(path: string, load: () => Promise<ComponentType>): RouteObject {
  return { path, lazy: async () => ({ Component: await load() }) };
}

export const settingsRoutes: RouteObject[] = [
  {
    lazy: async () => ({ Component: (await import('./settings-frame.tsx')).SettingsFrame }),
    children: [
      { index: true, element: <Navigate to="workspace" replace /> },
      page('workspace', async () => (await import('./workspace/workspace-page.tsx')).WorkspacePage),
      page('members', async () => (await import('./members/members-page.tsx')).MembersPage),
      page('roles', async () => (await import('./roles/roles-page.tsx')).RolesPage),
      page('credentials', async () => (await import('./credentials/credentials-page.tsx')).CredentialsPage),
      page('mcp-servers', async () => (await import('./mcp/mcp-servers-page.tsx')).McpServersPage),
      page('variables', async () => (await import('./variables/variables-page.tsx')).VariablesPage),
      page('keys', async () => (await import('./keys/keys-page.tsx')).KeysPage),
      page('audit', async () => (await import('./audit/audit-page.tsx')).AuditPage),
    ],
  },
];
