/**
 * The node "Chat reply": a piece of the answer to the message that started the run. Each reply is a writer of its own, by the step's
 * key: one that is made again after a crash takes the place of what it had said.
 */
import { chatReply } from '../../contracts/catalogue/chat-reply.ts';
import { AnswerFenced } from '../../contracts/chat/stream.ts';
import { StepFailure } from '../../contracts/effect.ts';
import { contentHash } from '../../db/index.ts';
import type { Effect, EffectSettings } from '../effect.ts';

/** Characters of one reply. */
const mostText = 200_000;
const mostNote = 2_000;

export function createChatReplyEffect({ db, answers }: Pick<EffectSettings, 'db' | 'answers'>): Effect {
  return {
    async run({ parameters, items, context }) {
      if (!db || !answers) throw noDatabase();
      const { text, kind } = chatReply.parameters.parse(parameters);
      const said = typeof text === 'string' ? text : JSON.stringify(text);
      const most = kind === 'answer' ? mostText : mostNote;
      if (said.length > most) throw tooLong(said.length, most);

      const { workspace, run, idempotencyKey } = context;
      const target = await db.inWorkspace(workspace, ({ chat }) => chat.messages.claim(run));
      if (!target) throw nobodyWaits();
      // Of one step each: what this one writes anew takes nothing of the others away.
      const writer = { run: contentHash(idempotencyKey).slice(0, 32), step: 0, attempt: 1 };
      try {
        const stream = await answers.open(workspace, target, writer);
        if (kind === 'answer') stream.text(said);
        else stream.note({ code: 'progress', text: said });
        await stream.close();
      } catch (error) {
        throw error instanceof AnswerFenced ? nobodyWaits() : error;
      }
      return { items: [items[0] ?? { json: {} }] };
    },
  };
}

function nobodyWaits(): StepFailure {
  return new StepFailure({
    code: 'no-conversation',
    message: 'No conversation waits for a reply of this run.',
    hint: 'A run replies when a message in a conversation started it, until its answer ends: begin one with this automation under Chat. A run that another one called does not reply; its caller does.',
  });
}

function tooLong(length: number, most: number): StepFailure {
  return new StepFailure({
    code: 'reply-too-long',
    message: `The reply has ${length} characters; ${most} is the most.`,
    hint: 'Say less at once: several replies of one run are one answer.',
  });
}

function noDatabase(): StepFailure {
  return new StepFailure(
    { code: 'internal-error', message: 'This worker can not reply in conversations: it has no database.' },
    { retryable: true },
  );
}
