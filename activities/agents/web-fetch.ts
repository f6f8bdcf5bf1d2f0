/**
 * A page of the web as text, for an agent. By GET, only to the hosts that its tool names, redirects included: an address can carry data
 * out, so where it may go is decided by whoever made the agent. What comes is data; whoever wrote it decides nothing here.
 */
import { z } from 'zod';
import { StepFailure } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { OutboundError } from '../../outbound/guard/index.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { networkFailure } from '../http/network-failure.ts';
import { parseUrl } from '../http/request.ts';

const parameters = z.object({ url: z.string().max(4_000), hosts: z.array(z.string()) });

const maxBytes = 5_000_000;
const mostRedirects = 5;
const accept = 'text/html, text/plain, application/json;q=0.9, text/*;q=0.8, application/xml;q=0.7';

export function createWebFetchEffect({
  guard,
  transforms,
}: Pick<EffectSettings, 'guard' | 'transforms'>): Effect {
  return {
    async run({ parameters: given, context, timeoutMs }, { signal }) {
      const { url, hosts } = parameters.parse(given);
      const page = await read(parseUrl(url), hosts, { guard, signal, timeoutMs });
      if (!/\bhtml\b/.test(page.type)) return { items: [{ json: { text: page.text } }] };
      const outcome = await transforms.run(
        context.workspace,
        {
          ...{ type: 'markdown', mode: 'each', goesOn: false, items: [{}] },
          parameters: [{ mode: 'htmlToMarkdown', html: page.text, output: 'text', keepOthers: false }],
        },
        signal,
      );
      const [made] = outcome.kind === 'each' ? outcome.outcomes : [];
      const [item] = made && 'items' in made ? made.items : [];
      return { items: [{ json: { text: (item?.json as JsonObject | undefined)?.text ?? page.text } }] };
    },
  };
}

interface Reading {
  guard: EffectSettings['guard'];
  signal: AbortSignal;
  timeoutMs: number;
}

async function read(
  first: URL,
  hosts: readonly string[],
  { guard, signal, timeoutMs }: Reading,
): Promise<{ text: string; type: string }> {
  let url = first;
  for (let hops = 0; hops <= mostRedirects; hops++) {
    if (!hosts.some((host) => isHost(url.hostname, host))) throw notAllowed(url, hosts);
    const response = await get(url, { guard, signal, timeoutMs });
    const to = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && to !== null) {
      await response.body?.cancel();
      url = parseUrl(new URL(to, url).href);
      continue;
    }
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok || !/^text\/|json|xml|^$/.test(type)) {
      await response.body?.cancel();
      throw response.ok ? noText(url, type) : refused(url, response);
    }
    return { text: await response.text(), type };
  }
  throw new StepFailure({
    code: 'too-many-redirects',
    message: `${first.host} sends on and on: after ${mostRedirects} redirects there was still no page.`,
    hint: 'Take another address.',
  });
}

async function get(url: URL, { guard, signal, timeoutMs }: Reading): Promise<Response> {
  try {
    const init: RequestInit = { headers: { 'user-agent': 'Hiviex', accept }, redirect: 'manual', signal };
    return await guard.fetch(url, init, { maxBytes, timeoutMs });
  } catch (error) {
    if (error instanceof OutboundError)
      throw new StepFailure({ code: error.code, message: error.says.en, hint: error.hint.en });
    throw networkFailure(error, { url, method: 'GET' });
  }
}

/** `example.com`, `*.example.com` (below it), or `*`. */
function isHost(name: string, allowed: string): boolean {
  if (allowed === '*' || allowed === name) return true;
  return allowed.startsWith('*.') && name.endsWith(allowed.slice(1));
}

function notAllowed({ hostname }: URL, hosts: readonly string[]): StepFailure {
  return new StepFailure({
    code: 'host-not-allowed',
    message: `This tool may not read from ${hostname}.`,
    hint: `It may read from ${hosts.join(', ')}.`,
  });
}

function noText({ host }: URL, type: string): StepFailure {
  return new StepFailure({
    code: 'no-text',
    message: `${host} gave ${type}, which is no text.`,
    hint: 'Take the address of a page.',
  });
}

function refused({ host }: URL, { status, statusText }: Response): StepFailure {
  return new StepFailure(
    {
      code: `http-${status}`,
      message: `${host} answered ${`${status} ${statusText}`.trim()}.`,
      hint: 'Check the address, or take another one.',
    },
    { retryable: status === 429 || status >= 500 },
  );
}
