/** The public face of models/: other rooms import from here. */
export { priceOf } from './candidates.ts';
export { createModelGateway, type GatewayCall, type ModelGateway } from './gateway.ts';
export { embeddingModelOf } from './knowledge/embedding-model.ts';
export {
  createKnowledgeSearch,
  type KnowledgeSearch,
  type KnowledgeSearchInput,
  NoSuchBase,
} from './knowledge/search-knowledge.ts';
export { ModelError, type PartialAnswer, rules } from './model-error.ts';
export type { ProviderModel } from './providers/provider.ts';
export { askForJson, type StructuredAnswer } from './structured.ts';
export { type TestedProvider, testProvider } from './test-provider.ts';
