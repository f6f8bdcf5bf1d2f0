import { defineEntity, p } from '@mikro-orm/core';
import type { Answerer } from '../../contracts/chat/conversation.ts';
import type { AnswerCost, MessagePart, MessageRole, MessageState } from '../../contracts/chat/message.ts';
import type { Failure } from '../../contracts/run.ts';
import { Conversation } from './conversation.ts';
import { Workspace } from './workspace.ts';

/** Who may write of a step, or of one tool call: the attempt that opened it last, by an id that only it knows. */
export interface Fence {
  attempt: number;
  opening: string;
  /** How many of its batches are stored. */
  last: number;
}

/** A message of a conversation, in a tree. */
export const Message = defineEntity({
  name: 'Message',
  tableName: 'messages',
  indexes: [
    { name: 'messages_by_conversation', properties: ['conversation', 'createdAt', 'id'] },
    { name: 'messages_by_run', properties: ['run'] },
    {
      name: 'messages_open',
      properties: ['createdAt'],
      expression: `create index "messages_open" on "messages" ("created_at") where state in ('queued', 'running', 'waiting')`,
    },
    {
      name: 'messages_by_words',
      properties: ['text'],
      expression: `create index "messages_by_words" on "messages" using gin (to_tsvector('simple', "text"))`,
    },
    // What refers to a file: repositories/chat/refers-to-file.ts.
    {
      name: 'messages_by_file',
      properties: ['parts'],
      expression: `create index "messages_by_file" on "messages" using gin (jsonb_path_query_array("parts", '$[*].file'))`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    conversation: () => p.manyToOne(Conversation).mapToPk().fieldName('conversation').deleteRule('cascade'),
    parent: p.text().nullable(),
    role: p.text().$type<MessageRole>(),
    /** Who wrote it, as in `Conversation.owner`; null for an answer. */
    author: p.text().nullable(),
    authorName: p.text().nullable(),
    /** Who answers, in an answer. */
    answerer: p.json().$type<Answerer>().nullable(),
    state: p.text().$type<MessageState>(),
    /** What was known at `message_changes`' first row; those lie on top of it. */
    parts: p.json().$type<MessagePart[]>(),
    /** Of the last change, whether it is folded into `parts` or not. */
    seq: p.integer(),
    /** By `<run>/<step>`, or `<run>/<step>/<call>`. */
    fences: p.json().$type<Record<string, Fence>>(),
    /** What search reads; of an answer once it has ended. */
    text: p.text(),
    /** What gives the answer: an agent run or a run. */
    run: p.text().nullable(),
    failure: p.json().$type<Failure>().nullable(),
    took: p.json().$type<AnswerCost>().nullable(),
    createdAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
  },
});
