/** Every workflow there is: what the worker bundles. A new one is one file and one line here. */
export { agentRun } from './agent-run.ts';
export { automation } from './automation.ts';
export { bulk } from './bulk.ts';
export { conversation } from './conversation.ts';
export { crawlSite } from './crawl-site.ts';
export { gate } from './gate.ts';
export { ingestDocument } from './ingest-document.ts';
export { limiter } from './limiter.ts';
export { poll } from './poll.ts';
export { reindexKnowledge } from './reindex-knowledge.ts';
