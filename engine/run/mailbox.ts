/**
 * Messages to a run, until a step takes them. What nobody waits for yet is kept, in the run's state: an answer that comes before its
 * question is not lost, through continue-as-new either.
 */
import type { RunMessage } from '../../contracts/run-message.ts';
import type { RunState } from './run-state.ts';

/** Messages kept for nobody yet, and characters of their JSON in all: the state has to fit into the next execution's input. */
export const mostKept = 1_000;
const mostCharacters = 1_000_000;

/** Ids of messages that were heard; a repetition comes soon or never. */
const mostHeard = 2_000;

interface Bell {
  rung: Promise<void>;
  ring: () => void;
}

export class Mailbox {
  private readonly state: RunState;
  private readonly bells = new Map<string, Bell>();
  /** Characters of what is kept. */
  private kept: number;

  constructor(state: RunState) {
    this.state = state;
    this.kept = state.messages.reduce((sum, message) => sum + sizeOf(message), 0);
  }

  /** Keeps a message and rings for whoever waits for it. @returns false when there is no room for it */
  put(message: RunMessage): boolean {
    const { messages, heard } = this.state;
    if (heard.includes(message.id)) return true;
    if (!this.hasRoom(message)) return false;
    heard.push(message.id);
    if (heard.length > mostHeard) heard.shift();
    messages.push(message);
    this.kept += sizeOf(message);
    const bell = this.bells.get(message.to);
    this.bells.delete(message.to);
    bell?.ring();
    return true;
  }

  /** The oldest message to an address: taken is gone. */
  take(to: string): RunMessage | undefined {
    const { messages } = this.state;
    const at = messages.findIndex((message) => message.to === to);
    if (at < 0) return undefined;
    const [message] = messages.splice(at, 1);
    this.kept -= sizeOf(message!);
    return message;
  }

  /** Resolves when the next message to an address comes. */
  bell(to: string): Promise<void> {
    const known = this.bells.get(to);
    if (known) return known.rung;
    let ring: () => void = () => undefined;
    const rung = new Promise<void>((resolve) => {
      ring = resolve;
    });
    this.bells.set(to, { rung, ring });
    return rung;
  }

  /** What somebody waits for is taken in the same turn, so it needs no room. */
  private hasRoom(message: RunMessage): boolean {
    if (this.bells.has(message.to)) return true;
    return this.state.messages.length < mostKept && this.kept + sizeOf(message) <= mostCharacters;
  }
}

function sizeOf({ body }: RunMessage): number {
  return JSON.stringify(body).length;
}
