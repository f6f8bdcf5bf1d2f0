/** What the benchmark needs of Hiviex: publish an automation, start a run and know when it ended. */
import { io, type Socket } from 'socket.io-client';
import type { ServerToClient } from '../contracts/api/sockets.ts';
import type { GraphInput } from '../contracts/graph.ts';
import type { Item } from '../contracts/item.ts';
import { isTerminal, type State } from '../contracts/states.ts';

export class HiviexClient {
  private readonly base: string;
  private readonly apiKey: string;
  private socket: Socket<ServerToClient> | undefined;
  private readonly ended = new Map<string, State>();
  private readonly waiting = new Map<string, (state: State) => void>();

  constructor(base: string, apiKey: string) {
    this.base = base;
    this.apiKey = apiKey;
  }

  /** Listens for ends of runs from now on: `run` needs it, webhooks are measured without anybody who watches. */
  async listen(): Promise<void> {
    this.socket = io(this.base, { auth: { token: this.apiKey }, transports: ['websocket'] });
    this.socket.on('run:state', ({ run, state }) => {
      if (!isTerminal(state)) return;
      this.ended.set(run, state);
      this.waiting.get(run)?.(state);
    });
    await new Promise<void>((connected) => this.socket?.once('connect', connected));
  }

  async publish(name: string, draft: GraphInput): Promise<string> {
    const { id } = await this.post<{ id: string }>('/api/v1/automations', { name, draft });
    await this.post(`/api/v1/automations/${id}/publish`, {});
    return id;
  }

  /** Starts a run and resolves when it has ended. */
  async run(automation: string, items: Item[]): Promise<State> {
    const { id } = await this.post<{ id: string }>(`/api/v1/automations/${automation}/runs`, { items });
    const state = this.ended.get(id);
    if (state) return state;
    return await new Promise((resolve) => this.waiting.set(id, resolve));
  }

  close(): void {
    this.socket?.close();
  }

  private async post<T>(path: string, body: unknown): Promise<T> {
    const response = await fetch(this.base + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}
