/** The test button: a small call to a real model, paid and in the ledger as any other. */
import { ulid } from 'ulid';
import type { CallOwner } from '../contracts/models/budget.ts';
import type { ModelGateway } from './gateway.ts';
import type { ProviderModel } from './providers/provider.ts';

export interface TestedProvider {
  model: string;
  text: string;
  /** Milliseconds until the whole answer was there. */
  ms: number;
  cost: number | null;
}

export interface ProviderToTest {
  workspace: string;
  provider: string;
  /** Left out: one that is small by its name. */
  model?: string | undefined;
  /** Models that the provider's settings name. */
  named: readonly string[];
  owner: CallOwner;
  signal: AbortSignal;
}

/** @throws ModelError */
export async function testProvider(
  gateway: ModelGateway,
  { workspace, provider, model: given, named, owner, signal }: ProviderToTest,
): Promise<TestedProvider> {
  const model = given ?? named[0] ?? chatModelOf(await gateway.listModels(workspace, provider));
  const began = performance.now();
  const { text, cost } = await gateway.chat(
    {
      ...{ workspace, owner, signal },
      key: `test:${ulid()}`,
      choice: { kind: 'model', entry: { provider, model } },
      purpose: 'test',
    },
    { messages: [{ role: 'user', content: 'Answer with the word "ok" and nothing else.' }], maxTokens: 64 },
  );
  return { model, text, cost, ms: Math.round(performance.now() - began) };
}

/** Lists do not say what a model is for; names do, mostly. */
const notForChat =
  /embed|whisper|tts|audio|realtime|dall-e|image|moderation|rerank|transcribe|sora|davinci|babbage/i;
const small = /mini|nano|flash|haiku|small|lite|8b|instant/i;

function chatModelOf(models: readonly ProviderModel[]): string {
  const forChat = models.filter(({ id }) => !notForChat.test(id));
  return (forChat.find(({ id }) => small.test(id)) ?? forChat[0] ?? models[0])?.id ?? '';
}
