/** Turns of a conversation: one is answered at a time, in the order in which they came. Each is taken once, however often it is sent. */
import type { ConversationInput, Turn } from '../../contracts/chat/conversation.ts';

/** Turns that are known again when they are sent again. Of older ones the database says that they are answered. */
const remembered = 200;

export class TurnQueue {
  private waiting: Turn[];
  private taken: string[];
  private answered: Turn | undefined;

  constructor({ waiting, taken }: NonNullable<ConversationInput['resume']> = { waiting: [], taken: [] }) {
    this.waiting = [...waiting];
    this.taken = [...taken];
  }

  /** For an execution that takes over, between two turns. */
  get resume(): NonNullable<ConversationInput['resume']> {
    return { waiting: this.waiting, taken: this.taken };
  }

  get hasMore(): boolean {
    return this.waiting.length > 0;
  }

  get length(): number {
    return this.waiting.length;
  }

  get current(): Turn | undefined {
    return this.answered;
  }

  knows(message: string): boolean {
    return this.taken.includes(message);
  }

  isBusy(): boolean {
    return this.answered !== undefined || this.hasMore;
  }

  /** @returns how many are answered before it; 0 for one that was answered already */
  add(turn: Turn): number {
    if (!this.knows(turn.message)) {
      this.waiting.push(turn);
      this.taken = [...this.taken, turn.message].slice(-Math.max(remembered, this.waiting.length));
    }
    const before = this.waiting.findIndex(({ message }) => message === turn.message);
    return before < 0 ? 0 : before + (this.answered ? 1 : 0);
  }

  /** The next one to answer, from now on the one that is answered. */
  next(): Turn | undefined {
    this.answered = this.waiting.shift();
    return this.answered;
  }

  done(): void {
    this.answered = undefined;
  }

  /** Takes out those that wait: nobody will answer them. @param message left out: all */
  withdraw(message?: string): Turn[] {
    const isMeant = (turn: Turn) => message === undefined || turn.message === message;
    const gone = this.waiting.filter(isMeant);
    this.waiting = this.waiting.filter((turn) => !isMeant(turn));
    return gone;
  }
}
