/** Automations: the list, one with its draft, versions, publishing. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Shared } from '../../../contracts/access/can.ts';
import type {
  Automation,
  AutomationSummary,
  createAutomation,
  Published,
  updateAutomation,
  VersionSummary,
} from '../../../contracts/api/automations.ts';
import type { Run } from '../../../contracts/api/runs.ts';
import type { Graph } from '../../../contracts/graph.ts';
import { request } from './client.ts';
import { type Page, usePages } from './use-pages.ts';

export type Version = VersionSummary & { graph: Graph };
type Create = z.input<typeof createAutomation>;
type Update = z.input<typeof updateAutomation>;

const keys = {
  all: ['automations'] as const,
  list: (search: string, trigger?: string) => ['automations', 'list', search, trigger] as const,
  one: (id: string) => ['automations', 'one', id] as const,
  versions: (id: string) => ['automations', 'versions', id] as const,
  version: (id: string, version: string) => ['automations', 'version', id, version] as const,
};
export const automationKeys = keys;

const at = (id: string) => `/automations/${encodeURIComponent(id)}`;

/** @param trigger node type: those that begin with one */
export function useAutomations(search = '', trigger?: string) {
  return usePages<AutomationSummary>(keys.list(search, trigger), '/automations', {
    search,
    trigger,
    limit: 50,
  });
}

/** Undefined: nobody knows yet, or it is not theirs to see. */
export function useAutomationName(id: string, isAsked: boolean): string | undefined {
  const { data } = useQuery({
    queryKey: [...keys.all, 'name', id],
    queryFn: async () => (await getAutomation(id)).name,
    enabled: isAsked,
    retry: false,
  });
  return data;
}

/** As the policy asks for it. */
export const sharedAutomation = ({ level }: Pick<Automation, 'level'>): Shared => ({
  type: 'automation',
  level,
});

export const getAutomation = (id: string) => request<Automation>('GET', at(id));

/** `revision` undefined: whatever is there is overwritten. */
export const saveAutomation = (id: string, change: Update, revision?: number) =>
  request<Automation>('PATCH', at(id), {
    body: change,
    ...(revision !== undefined && { ifMatch: revision }),
  });

export const publishAutomation = (id: string) => request<Published>('POST', `${at(id)}/publish`);
/** An old version, live again. */
export const publishVersion = (id: string, version: string) =>
  request<Published>('POST', `${at(id)}/versions/${encodeURIComponent(version)}/publish`);
/** What a version is about; the version itself never changes. */
export const noteVersion = (id: string, version: string, note: string) =>
  request<Version>('PATCH', `${at(id)}/versions/${encodeURIComponent(version)}`, { body: { note } });
export const unpublishAutomation = (id: string) => request<unknown>('POST', `${at(id)}/unpublish`);
export const createAutomationRequest = (body: Create) =>
  request<Automation>('POST', '/automations', { body });
export const deleteAutomation = (id: string) => request<void>('DELETE', at(id));

export function useAutomation(id: string) {
  // The editor holds the draft itself: a refetch in its back would only be thrown away.
  return useQuery({
    queryKey: keys.one(id),
    queryFn: () => getAutomation(id),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

export function useVersions(id: string, enabled = true) {
  return useQuery({
    queryKey: keys.versions(id),
    queryFn: () => request<Page<VersionSummary>>('GET', `${at(id)}/versions?limit=100`),
    enabled,
  });
}

export const getVersion = (id: string, version: string) =>
  request<Version>('GET', `${at(id)}/versions/${encodeURIComponent(version)}`);

/** A version never changes, so it is fetched once. */
export function useVersion(id: string, version: string | undefined) {
  return useQuery({
    queryKey: keys.version(id, version ?? ''),
    queryFn: () => getVersion(id, version ?? ''),
    enabled: version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/**
 * The graph that a run went through: its version's, or, for a run of a draft (version 0, which is not kept), the draft as it is
 * now. `isCurrentDraft` says which.
 */
export function useRunGraph(run: Run) {
  const ofDraft = run.version.number === 0;
  const version = useVersion(run.automation.id, ofDraft ? undefined : run.version.id);
  const draft = useQuery({
    queryKey: [...keys.one(run.automation.id), 'draft'],
    queryFn: async () => (await getAutomation(run.automation.id)).draft,
    enabled: ofDraft,
  });
  const query = ofDraft ? draft : version;
  return {
    graph: ofDraft ? draft.data : version.data?.graph,
    isCurrentDraft: ofDraft,
    error: query.error,
    refetch: query.refetch,
  };
}

/** A change of automations that makes every list fetch again. */
export function useAutomationChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  });
}
