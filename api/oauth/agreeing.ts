/**
 * The way of a person who connects something by OAuth: to a service, where they agree, and back with a code. The state that goes along is
 * sealed and names their session, so a link that somebody else made connects nothing to anybody, and needs no table.
 */
import type { Request } from 'express';
import { z } from 'zod';
import { audit } from '../audit/audit.ts';
import type { SessionPrincipal, WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { defineRoute, type Route } from '../route.ts';

/** Why it came to nothing, for the page: it says each in the reader's language. */
type Reason = 'denied' | 'expired' | 'foreign' | 'refused';

/** A person in the workspace that they left from. */
export type Traveller = Extract<WorkspacePrincipal, SessionPrincipal>;

export interface Return<Facts> {
  principal: Traveller;
  facts: Facts;
  code: string;
  request: Request;
}

export interface AgreeingSpec<Facts> {
  tag: string;
  /** Where the service sends people back to. */
  path: string;
  summary: string;
  /** Where they end up, with `connected=<id>` or `connect-error=<reason>`. */
  page: { path: string; name: string };
  /** Of the seal. */
  purpose: string;
  /** What is connected. */
  facts: z.ZodType<Facts>;
  /** Of the audit log. */
  action: string;
  resourceOf(facts: Facts): { type: string; id: string };
  may(principal: Traveller, facts: Facts, deps: ApiDeps): Promise<boolean> | boolean;
  complete(
    coming: Return<Facts>,
    deps: ApiDeps,
  ): Promise<'connected' | Extract<Reason, 'expired' | 'refused'>>;
}

export interface Agreeing<Facts> {
  /** @returns the state to send along */
  leave(
    principal: { workspace: string; session: string },
    facts: Facts,
    deps: Pick<ApiDeps, 'db'>,
  ): Promise<string>;
  callback: Route;
}

/** Milliseconds that a person has to agree. */
const patience = 10 * 60_000;

const away = z.object({ workspace: z.string(), session: z.string(), until: z.number() });

export function agreeing<Facts extends object>(spec: AgreeingSpec<Facts>): Agreeing<Facts> {
  const { tag, path, summary, page, action } = spec;
  const context = { purpose: spec.purpose, id: '' };

  const callback = defineRoute({
    method: 'get',
    base: '',
    path,
    summary,
    description: `Redirects to ${page.name} with \`connected=<id>\`, or \`connect-error=\` denied, expired, foreign or refused.`,
    tag,
    auth: 'user',
    responses: { 303: null },
    query: z.object({
      state: z.string().optional(),
      code: z.string().optional(),
      error: z.string().optional(),
    }),
    handler: async ({ principal, query, request }, deps) => {
      const state = await open(query.state, deps);
      const result = state ? await complete(principal, state, { ...query, request }, deps) : 'expired';
      const back = (outcome: Record<string, string>) => ({
        status: 303 as const,
        headers: { location: `${page.path}?${new URLSearchParams(outcome)}` },
      });
      if (!state || result !== 'connected') return back({ 'connect-error': result });
      const { workspace, facts } = state;
      const resource = spec.resourceOf(facts);
      await audit(deps, { principal, request }, { action, workspace, resource });
      return back({ connected: resource.id });
    },
  });

  return {
    leave: ({ workspace, session }, facts, { db }) => {
      const until = Date.now() + patience;
      return db.vault.ofInstance.seal(JSON.stringify({ ...facts, workspace, session, until }), context);
    },
    callback,
  };

  async function open(sealed: string | undefined, { db }: Pick<ApiDeps, 'db'>) {
    const opened = sealed && (await db.vault.ofInstance.open(sealed, context).catch(() => undefined));
    if (!opened) return undefined;
    const json: unknown = JSON.parse(opened);
    const state = { ...away.parse(json), facts: spec.facts.parse(json) };
    return state.until > Date.now() ? state : undefined;
  }

  async function complete(
    principal: SessionPrincipal,
    { workspace, session, facts }: z.output<typeof away> & { facts: Facts },
    { code, error, request }: { code?: string | undefined; error?: string | undefined; request: Request },
    deps: ApiDeps,
  ): Promise<'connected' | Reason> {
    if (session !== principal.session) return 'foreign';
    if (error !== undefined || code === undefined) return 'denied';
    // Asked again, for ten minutes are long; in the state's workspace, which need not be the active one by now.
    const memberships = await deps.db.asSystem(({ accounts }) => accounts.workspacesOf(principal.user));
    const role = memberships.find(({ id }) => id === workspace)?.role;
    if (!role) return 'foreign';
    const traveller = { ...principal, workspace, role };
    if (!(await spec.may(traveller, facts, deps))) return 'foreign';
    return await spec.complete({ principal: traveller, facts, code, request }, deps);
  }
}
