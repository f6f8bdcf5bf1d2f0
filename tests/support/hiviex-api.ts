/** What tests ask of a running Hiviex over HTTP, typed by the same contracts that it validates with. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Automation, Published } from '../../contracts/api/automations.ts';
import type { Run, RunSummary } from '../../contracts/api/runs.ts';
import type { GraphInput } from '../../contracts/graph.ts';
import type { Problem } from '../../contracts/problems.ts';
import { isTerminal } from '../../contracts/states.ts';

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

export class HiviexApi {
  readonly url: string;
  private readonly key: string;

  constructor(url: string, key: string) {
    this.url = url;
    this.key = key;
  }

  /** Any request with the API key; an object as `body` goes as JSON, text as it is. */
  async call<T = Problem>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    return await request<T>(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  /** @throws unless the status is 2xx */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call<T>(method, path, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  create(name: string, draft: GraphInput): Promise<Automation> {
    return this.ask('POST', '/api/v1/automations', { name, draft });
  }

  /** Makes an automation and publishes it. */
  async publish(name: string, draft: GraphInput): Promise<Published & { id: string }> {
    const { id } = await this.create(name, draft);
    return { id, ...(await this.ask<Published>('POST', `/api/v1/automations/${id}/publish`)) };
  }

  /** Starts a run by hand. @returns the run's id */
  async start(automation: string, body: unknown = {}): Promise<string> {
    return (await this.ask<{ id: string }>('POST', `/api/v1/automations/${automation}/runs`, body)).id;
  }

  /** Calls a webhook, without the key: callers have none. */
  async hook<T = { run: string }>(path: string, body: unknown = {}): Promise<Answer<T>> {
    return await request<T>(`${this.url}/hooks/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** All runs that match, over all pages. */
  async runs(filter: Record<string, string> = {}): Promise<RunSummary[]> {
    const all: RunSummary[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const query = new URLSearchParams({ ...filter, limit: '200', ...(cursor && { cursor }) });
      const page: { items: RunSummary[]; nextCursor?: string } = await this.ask(
        'GET',
        `/api/v1/runs?${query}`,
      );
      all.push(...page.items);
      cursor = page.nextCursor;
    }
    return all;
  }

  /** The run once it has ended, however. */
  ended(id: string, withinMs?: number): Promise<Run> {
    return this.runOnce(id, ({ state }) => isTerminal(state), withinMs);
  }

  /** The run once it is as wanted. The record of a run that a webhook has accepted comes a moment after the answer. */
  async runOnce(id: string, good: (run: Run) => boolean, withinMs?: number): Promise<Run> {
    const { body } = await eventually(
      () => this.call<Run>('GET', `/api/v1/runs/${id}`),
      ({ status, body }) => status === 200 && good(body),
      withinMs,
    );
    return body;
  }
}

/** Waits for what comes soon, without saying how soon: a slow machine makes the test slow, not red. @throws the last value seen */
export async function eventually<T>(
  look: () => Promise<T>,
  good: (value: T) => boolean,
  withinMs = 60_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const value = await look();
    if (good(value)) return value;
    if (Date.now() > end)
      throw new Error(`It never came; last seen: ${JSON.stringify(value).slice(0, 2_000)}`);
    await sleep(100);
  }
}

async function request<T>(url: string, init: RequestInit): Promise<Answer<T>> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson && text ? JSON.parse(text) : text) as T,
  };
}
