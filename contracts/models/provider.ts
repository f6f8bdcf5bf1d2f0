/** Providers of models, as a workspace sets them up. */
import { z } from 'zod';
import { type Text, text } from '../text.ts';

/** How a provider is spoken to: one file each in `models/providers/`. */
export const providerKind = z.enum(['openai', 'anthropic', 'sandbox']);
export type ProviderKind = z.output<typeof providerKind>;

/** The kind of credential that opens each. The sandbox takes none. */
export const credentialOfKind = { openai: 'llm', anthropic: 'anthropic' } as const;

/** The provider that every workspace has: it answers by rule and is no AI. */
export const sandboxId = 'sandbox';
export const sandboxModel = 'sandbox';
export const sandboxEmbeddingModel = 'sandbox-embedding';

/** Most of each; left out: no limit of ours. */
export const modelLimits = z.object({
  requestsPerMinute: z.int().min(1).max(1_000_000).optional(),
  tokensPerMinute: z.int().min(1).max(1_000_000_000).optional(),
  /** Calls at the same time. */
  concurrency: z.int().min(1).max(10_000).optional(),
});
export type ModelLimits = z.output<typeof modelLimits>;

export const providerSettings = modelLimits.extend({
  /** Names of models that its list does not hold, or that are to be offered first. */
  models: z.array(z.string().trim().min(1).max(200)).max(200).default([]),
  /** Seconds until the answer begins; a model that reasons takes its time. */
  firstTokenSeconds: z.int().min(1).max(280).default(120),
  /** Seconds between two pieces of it. */
  betweenTokensSeconds: z.int().min(1).max(280).default(60),
});
export type ProviderSettings = z.output<typeof providerSettings>;

export const defaultProviderSettings: ProviderSettings = providerSettings.parse({});

/** What the wizard offers: where each service listens, and whether it asks for a key. */
export interface ProviderPreset {
  id: string;
  kind: 'openai' | 'anthropic';
  label: string;
  baseUrl: string;
  /** Parts of `baseUrl` that a person has to put in are in capitals. */
  help?: Text;
  needsKey: boolean;
  keyUrl?: string;
}

export const providerPresets: readonly ProviderPreset[] = [
  preset('openai', 'OpenAI', 'https://api.openai.com/v1', 'https://platform.openai.com/api-keys'),
  {
    ...preset(
      'anthropic',
      'Anthropic',
      'https://api.anthropic.com',
      'https://console.anthropic.com/settings/keys',
    ),
    kind: 'anthropic',
  },
  preset(
    'gemini',
    'Google Gemini',
    'https://generativelanguage.googleapis.com/v1beta/openai',
    'https://aistudio.google.com/apikey',
  ),
  preset('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1', 'https://openrouter.ai/keys'),
  preset('groq', 'Groq', 'https://api.groq.com/openai/v1', 'https://console.groq.com/keys'),
  preset('mistral', 'Mistral', 'https://api.mistral.ai/v1', 'https://console.mistral.ai/api-keys'),
  preset('deepseek', 'DeepSeek', 'https://api.deepseek.com/v1', 'https://platform.deepseek.com/api_keys'),
  {
    ...preset('azure', 'Azure OpenAI', 'https://RESOURCE.openai.azure.com/openai/v1', 'https://ai.azure.com'),
    help: text(
      'Put the name of your resource in place of RESOURCE. A model is the name of a deployment.',
      'Coloque o nome do seu recurso no lugar de RESOURCE. Um modelo é o nome de uma implantação.',
    ),
  },
  local('ollama', 'Ollama', 'http://localhost:11434/v1'),
  local('vllm', 'vLLM', 'http://localhost:8000/v1'),
  local('lm-studio', 'LM Studio', 'http://localhost:1234/v1'),
  {
    ...preset('other', 'OpenAI-compatible', 'https://', ''),
    help: text(
      'Any service that speaks the OpenAI protocol: the address up to and with the version.',
      'Qualquer serviço que fale o protocolo da OpenAI: o endereço até a versão, inclusive.',
    ),
    needsKey: false,
  },
];

function preset(id: string, label: string, baseUrl: string, keyUrl: string): ProviderPreset {
  return { id, kind: 'openai', label, baseUrl, needsKey: true, ...(keyUrl !== '' && { keyUrl }) };
}

function local(id: string, label: string, baseUrl: string): ProviderPreset {
  const help = text(
    'On your own network: the operator has to allow its address in HIVIEX_ALLOW_PRIVATE_HOSTS.',
    'Na sua própria rede: o operador precisa permitir o endereço em HIVIEX_ALLOW_PRIVATE_HOSTS.',
  );
  return { id, kind: 'openai', label, baseUrl, help, needsKey: false };
}
