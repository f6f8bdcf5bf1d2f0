/** Conversations in the API. How an answer grows while it is given: contracts/chat/stream.ts. */
import { z } from 'zod';
import { answerCost, messagePart, messageRole, messageState } from '../chat/message.ts';
import { failure } from '../run.ts';
import { moment, pageOf, pageQuery } from './page.ts';

const id = z.string().min(1).max(64);

/** `private`: of the one who began it alone. `workspace`: everybody in it who may chat reads and writes it too. */
export const conversationVisibility = z.enum(['private', 'workspace']);
export type ConversationVisibility = z.output<typeof conversationVisibility>;

/** Of an agent's editor: what answers is its draft, or what is published. */
export const conversationTrial = z.enum(['draft', 'published']);
export type ConversationTrial = z.output<typeof conversationTrial>;

/** Who answers in a conversation. */
export const conversationWith = z.object({
  kind: z.enum(['agent', 'automation']),
  id: z.string(),
  /** Empty when it is gone. */
  name: z.string(),
});

export const conversationSummary = z.object({
  id: z.string(),
  /** Empty until somebody or the model gives it one. */
  title: z.string(),
  with: conversationWith,
  visibility: conversationVisibility,
  /** The asker began it. */
  mine: z.boolean(),
  createdAt: moment,
  /** When something was last said. */
  updatedAt: moment,
  /** Something was said since the asker looked. */
  unread: z.boolean(),
  /** An answer is given or waits. */
  busy: z.boolean(),
  /** Of a search: where it was found, if not in the title. */
  found: z.object({ message: z.string(), excerpt: z.string() }).optional(),
});
export type ConversationSummary = z.output<typeof conversationSummary>;
export const conversationPage = pageOf(conversationSummary);

export const conversation = conversationSummary.extend({
  /** The end of the branch that is shown: the newest message, unless somebody chose another. */
  leaf: z.string().optional(),
  trial: conversationTrial.optional(),
});
export type Conversation = z.output<typeof conversation>;

export const listConversations = pageQuery.extend({
  /** In titles and messages; words may be begun only. */
  search: z.string().trim().max(200).optional(),
});

export const createConversation = z.object({
  with: z.object({ kind: z.enum(['agent', 'automation']), id }),
  visibility: conversationVisibility.default('private'),
  /** To try an agent: in no list, without a title, and deleted a week after something was last said. */
  trial: conversationTrial.optional(),
});

export const changeConversation = z.object({
  title: z.string().trim().min(1).max(200).optional(),
  /** Only of who began it. */
  visibility: conversationVisibility.optional(),
  /** Shows the branch that ends here. With a message that has others behind it: their newest. */
  leaf: id.optional(),
});

export const thumb = z.enum(['up', 'down']);
export const feedback = z.object({ thumb, comment: z.string() });

export const message = z.object({
  id: z.string(),
  conversation: z.string(),
  /** Left out: it is a first one. */
  parent: z.string().optional(),
  role: messageRole,
  /** Who wrote it. */
  author: z.object({ id: z.string().optional(), name: z.string() }).optional(),
  state: messageState,
  parts: z.array(messagePart),
  /** Of the last batch that `parts` holds. */
  seq: z.int(),
  failure: failure.optional(),
  took: answerCost.optional(),
  /** The agent run or run that answers. */
  run: z.string().optional(),
  createdAt: moment,
  finishedAt: moment.optional(),
  /** All messages with the same parent and role, this one included, oldest first: `‹ 2 / 3 ›`. */
  siblings: z.array(z.string()),
  /** The asker's. */
  feedback: feedback.optional(),
});
export type Message = z.output<typeof message>;

/** From the first to the last; `nextCursor` leads to those before. */
export const messagePage = pageOf(message);

export const listMessages = pageQuery.extend({
  /** The end of the branch; left out: the one that is shown. */
  leaf: id.optional(),
});

export const sendMessage = z.object({
  /** A ULID of the client's making: sent again with it, the message is there once. */
  id: z
    .string()
    .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
    .optional(),
  text: z.string().max(200_000).default(''),
  /** Ids of files that are ready. */
  files: z.array(id).max(20).default([]),
  /**
   * The message that it goes behind; left out: the end of the branch that is shown. To edit a message, give its parent, or null if it
   * has none: both stand beside each other from then on.
   */
  parent: id.nullish(),
});
export type SendMessage = z.output<typeof sendMessage>;

export const messageSent = z.object({
  /** What was sent; with a new try the one that is answered anew. */
  message: z.string(),
  /** The message that will hold the answer. */
  answer: z.string(),
  /** Answers that come before it. */
  ahead: z.int(),
});

export const stopAnswers = z.object({
  /** The answer to end; left out: all that are given or wait. */
  message: id.optional(),
});
/** Ids of the answers that end by it. */
export const stopping = z.object({ stopping: z.array(z.string()) });

export const giveFeedback = z.object({
  /** Null takes it back. */
  thumb: thumb.nullable(),
  comment: z.string().trim().max(2_000).default(''),
});

export const exportFormat = z.object({ format: z.enum(['markdown', 'json']).default('markdown') });

export const shareLink = z.object({
  id: z.string(),
  /** Whoever has it reads the branch up to the message at which it was made: nothing said later, no tool's input or output. */
  url: z.string().optional().describe('Only in the answer to its making: it is not kept.'),
  leaf: z.string(),
  createdAt: moment,
});
export const openShared = z.object({
  /** The last part of the link's address. */
  token: z.string().min(1).max(200),
});
/** What whoever has a link reads. */
export const sharedConversation = z.object({
  title: z.string(),
  messages: z.array(
    z.object({
      role: messageRole,
      author: z.string().optional(),
      /** Markdown. */
      text: z.string(),
      /** Pictures that were attached. Their addresses are good for five minutes: read the conversation again for others. */
      attachments: z
        .array(
          z.object({
            name: z.string(),
            url: z.string(),
            width: z.int().optional(),
            height: z.int().optional(),
          }),
        )
        .optional(),
      createdAt: moment,
    }),
  ),
});
export const shareLinkList = z.object({ items: z.array(shareLink) });
