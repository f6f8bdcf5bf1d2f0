/** Agents: the list, one with its draft, versions, publishing, and runs that try it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { z } from 'zod';
import type { Shared } from '../../../contracts/access/can.ts';
import type {
  Agent,
  AgentSummary,
  AgentVersionSummary,
  agentRun,
  agentVersion,
  createAgent,
  httpTools,
  publishedAgent,
  readHttpTools,
  updateAgent,
} from '../../../contracts/api/agents.ts';
import { request } from './client.ts';
import { useChange } from './use-change.ts';
import { type Page, usePages } from './use-pages.ts';

export type AgentRun = z.output<typeof agentRun>;
export type AgentVersion = z.output<typeof agentVersion>;

const all = ['agents'] as const;
export const agentKeys = { all, one: (id: string) => [...all, 'one', id] };
export const agentRunKey = (id: string) => ['agent-runs', id];
const at = (id: string) => `/agents/${encodeURIComponent(id)}`;
const atVersion = (id: string, version: string) => `${at(id)}/versions/${encodeURIComponent(version)}`;

export function useAgents(search = '') {
  return usePages<AgentSummary>([...all, 'list', search], '/agents', { search, limit: 50 });
}

/** To choose from: the 200 that were saved last. */
export function useAgentChoices() {
  return useQuery({
    queryKey: [...all, 'choices'],
    queryFn: () => request<Page<AgentSummary>>('GET', '/agents?limit=200'),
  });
}

/** As the policy asks for it. */
export const sharedAgent = ({ level }: Pick<Agent, 'level'>): Shared => ({ type: 'agent', level });

export const getAgent = (id: string) => request<Agent>('GET', at(id));

export function useAgent(id: string) {
  // The editor holds the draft itself: a refetch in its back would only be thrown away.
  return useQuery({
    queryKey: agentKeys.one(id),
    queryFn: () => getAgent(id),
    ...{ staleTime: 0, gcTime: 0, refetchOnWindowFocus: false },
  });
}

export const createAgentRequest = (body: z.input<typeof createAgent>) =>
  request<Agent>('POST', '/agents', { body });
/** One to try, with a tool that asks; in the person's language. */
export const createExampleAgent = () => request<Agent>('POST', '/agents/example');
/** `revision` undefined: whatever is there is overwritten. */
export const saveAgent = (id: string, change: z.input<typeof updateAgent>, revision?: number) =>
  request<Agent>('PATCH', at(id), { body: change, ...(revision !== undefined && { ifMatch: revision }) });
/** @param note what the version is about, '' for nothing */
export const publishAgent = (id: string, note: string) =>
  request<z.output<typeof publishedAgent>>('POST', `${at(id)}/publish`, note ? { body: { note } } : {});
export const unpublishAgent = (id: string) => request<Agent>('POST', `${at(id)}/unpublish`);
export const deleteAgent = (id: string) => request<void>('DELETE', at(id));
/** Makes it the draft again; what is published stays. */
export const restoreAgentVersion = (id: string, version: string) =>
  request<Agent>('POST', `${atVersion(id, version)}/restore`);

export const useAgentChange = <Input, Output>(change: (input: Input) => Promise<Output>) =>
  useChange(change, [...all, 'list']);

export function useAgentVersions(id: string, enabled = true) {
  return useQuery({
    queryKey: [...all, 'versions', id],
    queryFn: () => request<Page<AgentVersionSummary>>('GET', `${at(id)}/versions?limit=100`),
    enabled,
  });
}

/** What a version is about; the version itself never changes. */
export const useNoteAgentVersion = (id: string) =>
  useChange(
    ({ version, note }: { version: string; note: string }) =>
      request<unknown>('PATCH', atVersion(id, version), { body: { note } }),
    [...all, 'versions', id],
  );

export const getAgentVersion = (id: string, version: string) =>
  request<AgentVersion>('GET', atVersion(id, version));

/** A version never changes, so it is fetched once. */
export function useAgentVersion(id: string, version: string) {
  return useQuery({
    queryKey: [...all, 'version', id, version],
    queryFn: () => getAgentVersion(id, version),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export const useReadHttpTools = () =>
  useMutation({
    mutationFn: (body: z.input<typeof readHttpTools>) =>
      request<z.output<typeof httpTools>>('POST', '/agents/http-tools', { body }),
  });

/** Milliseconds until one that is not known yet is asked for again. */
const lookAgainMs = 400;

/** A run as it is recorded. It is known a moment after it was started, and read again with each change of `news`. */
export function useAgentRun(id: string | undefined, news: string) {
  const client = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each news
  useEffect(() => {
    if (id !== undefined) void client.invalidateQueries({ queryKey: agentRunKey(id) });
  }, [client, id, news]);
  return useQuery({
    queryKey: agentRunKey(id ?? ''),
    queryFn: () => request<AgentRun>('GET', `/agent-runs/${encodeURIComponent(id ?? '')}`),
    enabled: id !== undefined,
    ...{ retry: 8, retryDelay: lookAgainMs },
  });
}

const tellAgentRun = (id: string, command: string, body?: object) =>
  request<unknown>('POST', `/agent-runs/${encodeURIComponent(id)}/${command}`, { body });
export const useCommandAgentRun = (id: string) =>
  useChange((command: 'pause' | 'resume') => tellAgentRun(id, command), agentRunKey(id));
/** Says something to a run that it hears before it asks its model the next time. */
export const steerAgentRun = (id: string, text: string) => tellAgentRun(id, 'steer', { text });
