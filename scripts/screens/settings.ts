/** What the pictures of the settings show: a small team with its groups, keys, credentials and variables. */
import type { APIRequestContext } from 'playwright-core';
import { callerOf } from './caller.ts';
import type { PageShown } from './camera.ts';

export const settingsPages: readonly PageShown[] = [
  ['settings-workspace', '/settings/workspace', '[data-testid="workspace-name"]'],
  ['settings-members', '/settings/members', '[data-testid="group-row"]'],
  ['settings-roles', '/settings/roles', 'tbody tr'],
  ['settings-credentials', '/settings/credentials', '[data-testid="credential-row"]'],
  ['settings-mcp-servers', '/settings/mcp-servers', '[data-testid="mcp-server-row"]'],
  ['settings-variables', '/settings/variables', '[data-testid="variable-row"]'],
  ['settings-keys', '/settings/keys', '[data-testid="key-row"]'],
  ['settings-audit', '/settings/audit', '[data-testid="audit-row"]'],
];

const team = [
  { name: 'Bela Rocha', email: 'bela@example.com', role: 'admin' },
  { name: 'Caio Lima', email: 'caio@example.com', role: 'builder' },
  { name: 'Dora Nunes', email: 'dora@example.com', role: 'operator' },
] as const;

/** @param shop base URL of the service that the automations call */
export async function fillSettings(request: APIRequestContext, base: string, shop: string): Promise<void> {
  const { call } = callerOf(request, base);
  for (const { role, ...person } of team) {
    const { url } = await call<{ url: string }>('POST', '/invitations', { role });
    const joined = await fetch(`${base}/api/v1/invitations/sign-up`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...person,
        token: new URLSearchParams(new URL(url).hash.slice(1)).get('token'),
        password: 'correct horse battery',
      }),
    });
    if (!joined.ok) throw new Error(`${person.email}: ${joined.status} ${await joined.text()}`);
  }
  await call('POST', '/invitations', { role: 'viewer', email: 'eva@example.com' });
  const members = await call<{ items: { user: string }[] }>('GET', '/members');
  const support = members.items.slice(1).map(({ user }) => user);
  const { id: group } = await call<{ id: string }>('POST', '/groups', { name: 'Support', members: support });

  const warehouse = await call<{ id: string }>('POST', '/credentials', {
    name: 'Warehouse',
    type: 'bearer',
    values: { token: 'a-token-of-the-warehouse', testUrl: `${shop}/me` },
  });
  await call('POST', `/credentials/${warehouse.id}/test`, {});
  await call('PUT', `/credentials/${warehouse.id}/grants`, {
    grantee: { type: 'group', id: group },
    level: 'use',
  });
  await call('POST', '/credentials', {
    name: 'Orders database',
    type: 'postgres',
    values: { host: 'db.example.com', database: 'orders', user: 'hiviex', password: 'a-password' },
  });
  await call('POST', '/credentials', {
    name: 'Accounts of the team',
    type: 'oauth2',
    values: {
      grant: 'authorizationCode',
      authorizationUrl: 'https://accounts.example.com/authorize',
      tokenUrl: 'https://accounts.example.com/token',
      clientId: 'hiviex',
    },
  });

  await call('PUT', '/variables/apiBase', { value: 'https://api.example.com/v2' });
  await call('PUT', '/variables/region', { value: 'eu-west-1' });
  await call('PUT', '/variables/webhookSecret', { value: 'a-secret', secret: true });

  await call('POST', '/keys', {
    name: 'Nightly import',
    role: 'operator',
    scopes: ['automations:read', 'runs:write'],
    expiresInDays: 90,
  });
  await call('POST', '/keys', { name: 'Terraform', role: 'admin' });
  await call('POST', '/account/keys', { name: 'My laptop', expiresInDays: 30 });
}
