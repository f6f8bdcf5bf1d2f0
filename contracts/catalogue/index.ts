/** The node catalogue: every node type there is. A new type is one file beside this one and one line below. */
import type { NodeType } from '../node-type.ts';
import { agentNode } from './agent.ts';
import { aggregateNode } from './aggregate.ts';
import { approvalNode } from './approval.ts';
import { chatReply } from './chat-reply.ts';
import { chatTrigger } from './chat-trigger.ts';
import { classifyText } from './classify-text.ts';
import { codeNode } from './code.ts';
import { compareNode } from './compare.ts';
import { compress } from './compress.ts';
import { convertToFile } from './convert-to-file.ts';
import { cryptoNode } from './crypto.ts';
import { dataTableNode } from './data-table.ts';
import { dateTimeNode } from './date-time.ts';
import { editFields } from './edit-fields.ts';
import { embeddingsNode } from './embeddings.ts';
import { emitEvent } from './emit-event.ts';
import { errorTrigger } from './error-trigger.ts';
import { eventTrigger } from './event-trigger.ts';
import { extractData } from './extract-data.ts';
import { extractFromFile } from './extract-from-file.ts';
import { filterNode } from './filter.ts';
import { formPageNode } from './form-page.ts';
import { formTrigger } from './form-trigger.ts';
import { graphqlNode } from './graphql.ts';
import { htmlNode } from './html.ts';
import { httpRequest } from './http-request.ts';
import { ifNode } from './if.ts';
import { imapTrigger } from './imap-trigger.ts';
import { keyValueNode } from './key-value.ts';
import { knowledgeDeleteNode } from './knowledge-delete.ts';
import { knowledgeIngestNode } from './knowledge-ingest.ts';
import { knowledgeSearchNode } from './knowledge-search.ts';
import { limitNode } from './limit.ts';
import { llmNode } from './llm.ts';
import { loopNode } from './loop.ts';
import { mailTrigger } from './mail-trigger.ts';
import { manualTrigger } from './manual-trigger.ts';
import { markdownNode } from './markdown.ts';
import { mcpToolNode } from './mcp-tool.ts';
import { mergeNode } from './merge.ts';
import { n8nNode } from './n8n.ts';
import { noOp } from './no-op.ts';
import { note } from './note.ts';
import { pollTrigger } from './poll-trigger.ts';
import { postgresNode } from './postgres.ts';
import { removeDuplicates } from './remove-duplicates.ts';
import { removeSeen } from './remove-seen.ts';
import { renameFields } from './rename-fields.ts';
import { respondNode } from './respond.ts';
import { rssNode } from './rss.ts';
import { rssTrigger } from './rss-trigger.ts';
import { s3File } from './s3-file.ts';
import { scheduleTrigger } from './schedule-trigger.ts';
import { sendMail } from './send-mail.ts';
import { sortNode } from './sort.ts';
import { splitOut } from './split-out.ts';
import { stopAndError } from './stop-and-error.ts';
import { subAutomation } from './sub-automation.ts';
import { subAutomationTrigger } from './sub-automation-trigger.ts';
import { summarizeNode } from './summarize.ts';
import { summarizeText } from './summarize-text.ts';
import { switchNode } from './switch.ts';
import { waitNode } from './wait.ts';
import { webhookTrigger } from './webhook-trigger.ts';
import { xmlNode } from './xml.ts';

export const catalogue: readonly NodeType[] = [
  manualTrigger,
  webhookTrigger,
  scheduleTrigger,
  formTrigger,
  eventTrigger,
  pollTrigger,
  rssTrigger,
  mailTrigger,
  imapTrigger,
  subAutomationTrigger,
  chatTrigger,
  errorTrigger,
  httpRequest,
  dataTableNode,
  keyValueNode,
  emitEvent,
  chatReply,
  sendMail,
  postgresNode,
  graphqlNode,
  rssNode,
  n8nNode,
  mcpToolNode,
  s3File,
  llmNode,
  agentNode,
  classifyText,
  extractData,
  summarizeText,
  embeddingsNode,
  knowledgeSearchNode,
  knowledgeIngestNode,
  knowledgeDeleteNode,
  editFields,
  filterNode,
  sortNode,
  limitNode,
  removeDuplicates,
  removeSeen,
  renameFields,
  splitOut,
  aggregateNode,
  summarizeNode,
  compareNode,
  dateTimeNode,
  ifNode,
  switchNode,
  mergeNode,
  loopNode,
  subAutomation,
  waitNode,
  approvalNode,
  formPageNode,
  codeNode,
  extractFromFile,
  convertToFile,
  compress,
  htmlNode,
  xmlNode,
  markdownNode,
  cryptoNode,
  respondNode,
  stopAndError,
  noOp,
  note,
] as unknown as readonly NodeType[];

const byType = new Map(catalogue.map((nodeType) => [nodeType.type, nodeType]));

export function findNodeType(type: string): NodeType | undefined {
  return byType.get(type);
}
