/** What an agent may be given as tools. */
import { httpTools, readHttpTools } from '../../contracts/api/agents.ts';
import { BlockedAddress, OutboundError } from '../../outbound/guard/index.ts';
import { OpenApiUnreadable, readOpenApi } from '../agents/read-openapi.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import { defineRoute } from '../route.ts';

const maxBytes = 5_000_000;
const timeoutMs = 15_000;

export const readHttp = defineRoute({
  method: 'post',
  path: '/agents/http-tools',
  summary: 'Read the operations of an OpenAPI document as tools',
  description:
    'Nothing is stored: take those you want into the tools of an agent. Each holds all that its calls need.',
  tag: 'agents',
  auth: 'agent.create',
  audit: false,
  body: readHttpTools,
  responses: { 200: httpTools },
  handler: async ({ body: { document, url } }, { guard }) => {
    try {
      const text = document ?? (await download(url ?? '', guard));
      return { status: 200, body: readOpenApi(text, url) };
    } catch (error) {
      if (!(error instanceof OpenApiUnreadable)) throw error;
      throw new ApiProblem('openapi-unreadable', { reason: error.message });
    }
  },
});

async function download(url: string, guard: ApiDeps['guard']): Promise<string> {
  try {
    const response = await guard.fetch(
      url,
      { headers: { accept: 'application/json' } },
      { maxBytes, timeoutMs },
    );
    if (!response.ok) throw new OpenApiUnreadable(`the address answered ${response.status}.`);
    return await response.text();
  } catch (error) {
    if (error instanceof BlockedAddress) throw new OpenApiUnreadable('the address is not allowed.');
    if (error instanceof OutboundError) throw new OpenApiUnreadable(error.message);
    if (error instanceof TypeError) throw new OpenApiUnreadable('the address could not be reached.');
    throw error;
  }
}
