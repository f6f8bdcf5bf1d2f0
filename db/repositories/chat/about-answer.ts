/** An answer with what it answers and who gave it, as it is told of: by events and by notifications. */
import type { ConversationVisibility } from '../../../contracts/api/conversations.ts';
import type { Answerer } from '../../../contracts/chat/conversation.ts';
import type { EventSource } from '../../../contracts/events.ts';
import type { JsonObject } from '../../../contracts/json.ts';
import type { Sql } from '../../sql.ts';

export interface AboutAnswer {
  title: string;
  /** Open to the workspace. */
  isOpen: boolean;
  /** Of a playground: nobody is told of it. */
  isTrial: boolean;
  answerer: { kind: Answerer['kind']; id: string; name: string };
  text: string;
  run?: string | undefined;
  /** Undefined: what it answers is not there any more. */
  question?: { id: string; text: string; person: string; name: string } | undefined;
}

interface Row {
  title: string;
  visibility: ConversationVisibility;
  trial: string | null;
  answerer: Answerer;
  name: string | null;
  text: string;
  run: string | null;
  question: string | null;
  asked: string | null;
  author: string | null;
  author_name: string | null;
}

/** Characters of a text that an event carries. */
const longest = 20_000;

/** Undefined: there is no such answer. */
export async function aboutAnswer(
  sql: Sql,
  workspace: string,
  { conversation, message }: { conversation: string; message: string },
): Promise<AboutAnswer | undefined> {
  const [row] = await sql.query<Row>(
    `select c.title, c.visibility, c.trial, m.answerer, m.text, m.run, q.id as question, q.text as asked, q.author, q.author_name,
       case m.answerer ->> 'kind'
         when 'automation' then (select a.name from automations a where a.workspace = $1 and a.id = m.answerer ->> 'automation')
         else (select a.name from agents a where a.workspace = $1 and a.id = m.answerer ->> 'agent') end as name
     from messages m join conversations c on c.id = m.conversation
     left join messages q on q.id = m.parent and q.conversation = m.conversation
     where m.workspace = $1 and m.conversation = $2 and m.id = $3 and m.role = 'assistant'`,
    [workspace, conversation, message],
  );
  if (!row) return undefined;
  const { title, answerer, text, run, question, asked, author, author_name: name } = row;
  const id = answerer.kind === 'agent' ? answerer.agent : answerer.automation;
  return {
    ...{ title, text, isOpen: row.visibility === 'workspace', isTrial: row.trial !== null },
    answerer: { kind: answerer.kind, id, name: row.name ?? '' },
    ...(run !== null && { run }),
    ...(question !== null && {
      question: { id: question, text: asked ?? '', person: author ?? '', name: name ?? '' },
    }),
  };
}

/**
 * What events say of it. Whoever may see events reads them: of a conversation that is open to all with what was said, of another one
 * without.
 */
export function answerData(
  { conversation, message }: { conversation: string; message: string },
  { title, isOpen, answerer, text, run, question }: AboutAnswer,
): JsonObject {
  const said = (what: string): JsonObject => (isOpen ? { text: what.slice(0, longest) } : {});
  return {
    conversation: { id: conversation, ...(isOpen && { title }) },
    answerer: { ...answerer },
    ...(question && {
      question: {
        ...{ message: question.id, ...said(question.text) },
        from: personData(question.person, question.name),
      },
    }),
    answer: { message, ...said(text), ...(run !== undefined && { run }) },
  };
}

/** An automation does not hear of its own answers, and an answer of a run counts as one more in a chain of events. */
export function answerSource({ answerer, run }: AboutAnswer): EventSource {
  if (answerer.kind === 'agent') return { kind: 'system' };
  return { kind: 'system', automation: answerer.id, ...(run !== undefined && { run }) };
}

/** @param person `user:<id>`, or `key:<id>` of a service account */
export function personData(person: string, name: string): JsonObject {
  const [kind, id = ''] = person.split(':');
  return { name, ...(kind === 'user' && { id }) };
}
