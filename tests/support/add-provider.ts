import { defaultProviderSettings } from '../../contracts/models/provider.ts';
import type { Database } from '../../db/index.ts';

/**
 * Sets a provider that speaks OpenAI's protocol up in a workspace.
 *
 * @param url where its `/v1` is
 * @returns its id
 */
export function addProvider(db: Database, workspace: string, name: string, url: string): Promise<string> {
  return db.inWorkspace(workspace, async ({ credentials, models }) => {
    const saved = await credentials.create({
      ...{ name, type: 'llm', secrets: { apiKey: 'sk-test-0001' } },
      fields: { baseUrl: `${url}/v1`, allowedHosts: '' },
    });
    if (saved.kind !== 'saved') throw new Error(saved.kind);
    const provider = await models.providers.create({
      ...{ name, kind: 'openai', credential: saved.credential.id, settings: defaultProviderSettings },
    });
    return provider!.id;
  });
}
