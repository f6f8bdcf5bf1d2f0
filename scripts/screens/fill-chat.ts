/** A conversation with the example agent, whose tool asks: what a first-time user sees a minute after the start. */
import type { APIRequestContext } from 'playwright-core';
import type { PageShown } from './camera.ts';

export async function fillChat(request: APIRequestContext, base: string): Promise<readonly PageShown[]> {
  const post = async <T>(path: string, data?: unknown): Promise<T> => {
    const response = await request.post(`${base}/api/v1${path}`, data === undefined ? {} : { data });
    if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const agent = await post<{ id: string; starters: string[] }>('/agents/example');
  const { id } = await post<{ id: string }>('/conversations', { with: { kind: 'agent', id: agent.id } });
  await post(`/conversations/${id}/messages`, { text: agent.starters[0] });
  return [
    ['chat', '/chat', '[data-testid="partner"]'],
    ['conversation', `/chat/${id}`, '[data-testid="tool-approve"]'],
    ['models', '/models', '[data-testid="provider-row"]'],
  ];
}
