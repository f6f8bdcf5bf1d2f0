/** Every effect by node type. A new one is one folder and one line here; the node type is its Temporal activity type. */
import { createChatReplyEffect } from './chat/chat-reply.ts';
import { createCodeEffect } from './code/code.ts';
import { createCryptoEffect } from './crypto/crypto.ts';
import type { Effect, EffectSettings } from './effect.ts';
import { createEmitEventEffect } from './events/emit-event.ts';
import { createCompressEffect } from './files/compress.ts';
import { createConvertToFileEffect } from './files/convert-to-file.ts';
import { createExtractFromFileEffect } from './files/extract-from-file.ts';
import { createGraphqlEffect } from './graphql/graphql.ts';
import { createHttpRequestEffect } from './http/http-request.ts';
import { createKnowledgeDeleteEffect } from './knowledge/knowledge-delete.ts';
import { createKnowledgeIngestEffect } from './knowledge/knowledge-ingest.ts';
import { createKnowledgeSearchEffect } from './knowledge/knowledge-search.ts';
import { createSendMailEffect } from './mail/send-mail.ts';
import { createMcpToolEffect } from './mcp/mcp-tool.ts';
import { createClassifyTextEffect } from './models/classify-text.ts';
import { createEmbeddingsEffect } from './models/embeddings.ts';
import { createExtractDataEffect } from './models/extract-data.ts';
import { createLlmEffect } from './models/llm.ts';
import { createSummarizeTextEffect } from './models/summarize-text.ts';
import { createN8nEffect } from './n8n/n8n.ts';
import { createPostgresEffect } from './postgres/postgres.ts';
import { createRssEffect } from './rss/rss.ts';
import { createS3FileEffect } from './s3/s3-file.ts';
import { createDataTableEffect } from './stores/data-table.ts';
import { createKeyValueEffect } from './stores/key-value.ts';
import { createRemoveSeenEffect } from './stores/remove-seen.ts';
import { createTransformEffect } from './transforms/transform-effect.ts';

export const effectFactories = {
  'http-request': createHttpRequestEffect,
  code: createCodeEffect,
  'data-table': createDataTableEffect,
  'key-value': createKeyValueEffect,
  'remove-seen': createRemoveSeenEffect,
  html: (settings) =>
    createTransformEffect('html', settings, ({ operation }) => (operation === 'table' ? 'list' : 'each')),
  xml: (settings) => createTransformEffect('xml', settings),
  markdown: (settings) => createTransformEffect('markdown', settings),
  crypto: createCryptoEffect,
  'emit-event': createEmitEventEffect,
  'chat-reply': createChatReplyEffect,
  'send-mail': createSendMailEffect,
  postgres: createPostgresEffect,
  graphql: createGraphqlEffect,
  rss: createRssEffect,
  n8n: createN8nEffect,
  'mcp-tool': createMcpToolEffect,
  'extract-from-file': createExtractFromFileEffect,
  'convert-to-file': createConvertToFileEffect,
  compress: createCompressEffect,
  's3-file': createS3FileEffect,
  llm: createLlmEffect,
  'classify-text': createClassifyTextEffect,
  'extract-data': createExtractDataEffect,
  'summarize-text': createSummarizeTextEffect,
  embeddings: createEmbeddingsEffect,
  'knowledge-search': createKnowledgeSearchEffect,
  'knowledge-ingest': createKnowledgeIngestEffect,
  'knowledge-delete': createKnowledgeDeleteEffect,
} satisfies Record<string, (settings: EffectSettings) => Effect>;

export type EffectName = keyof typeof effectFactories;
