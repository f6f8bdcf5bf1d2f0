/** What sites ask of robots (RFC 9309), each asked once in ten minutes. */
import robotsModule from 'robots-parser';
import type { Guard } from '../../outbound/guard/index.ts';
import { userAgent } from './user-agent.ts';

export interface Robots {
  /** Errors of the network as they are: a site whose rules can't be read is not read. */
  mayRead(url: URL, signal: AbortSignal): Promise<boolean>;
}

/** Its types take it for a module with a default; it is the function. */
const robotsParser = robotsModule as unknown as typeof robotsModule.default;

const keptMs = 600_000;
const mostSites = 500;
const limits = { maxBytes: 500_000, timeoutMs: 15_000 };

export function createRobots(guard: Guard): Robots {
  const sites = new Map<string, { rules: string; at: number }>();

  async function rulesOf(origin: string, signal: AbortSignal): Promise<string> {
    const known = sites.get(origin);
    if (known && Date.now() - known.at < keptMs) return known.rules;
    const response = await guard.fetch(
      `${origin}/robots.txt`,
      { headers: { 'user-agent': userAgent }, signal },
      limits,
    );
    const rules = await read(response);
    sites.delete(origin);
    sites.set(origin, { rules, at: Date.now() });
    const [oldest] = sites.keys();
    if (sites.size > mostSites && oldest !== undefined) sites.delete(oldest);
    return rules;
  }

  return {
    async mayRead(url, signal) {
      const rules = await rulesOf(url.origin, signal);
      const parsed = robotsParser(`${url.origin}/robots.txt`, rules);
      return parsed.isAllowed(url.href, userAgent) ?? true;
    },
  };
}

/** No file: no rules. A site that is broken says nothing of what it allows, so nothing is. */
async function read(response: Response): Promise<string> {
  if (response.ok) return response.text();
  await response.body?.cancel();
  return response.status >= 500 ? 'User-agent: *\nDisallow: /' : '';
}
