/**
 * Puts together what a followed run says (`agent.said`), and hands on what is new of it. What was handed on can't be taken back: a step
 * that another process makes again may go on where its words are the same, and otherwise the answer is given up.
 */
import type { BusMessage } from '../../contracts/bus.ts';

export type AgentSaid = Extract<BusMessage, { kind: 'agent.said' }>;

export interface AgentWords {
  hear(said: AgentSaid): void;
  /**
   * @param texts of the run's answers, as its result has them
   * @returns whether all of them was handed on, the rest now; `false`: what was handed on is not what the run says in the end
   */
  end(texts: readonly string[]): boolean;
}

/** Between what is said before a tool is called, and after. */
const between = '\n\n';

export function joinTexts(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(between);
}

export function createAgentWords(say: (text: string) => void): AgentWords {
  let told = '';
  let before = '';
  let current = { step: -1, attempt: 0, next: 0, text: '' };
  /** A piece went missing, or what was told is no more: only the end knows. */
  let isLost = false;

  function advance(whole: string): boolean {
    if (!whole.startsWith(told)) return false;
    if (whole.length > told.length) say(whole.slice(told.length));
    told = whole;
    return true;
  }

  return {
    hear({ step, attempt, seq, text }) {
      if (isLost || step < current.step) return;
      if (step > current.step) {
        // An attempt that came after a longer one, and said less.
        isLost = joinTexts([before, current.text]) !== told;
        before = told;
        current = { step, attempt, next: 0, text: '' };
      }
      if (isLost || attempt < current.attempt) return;
      if (attempt > current.attempt) current = { step, attempt, next: 0, text: '' };
      if (seq !== current.next) {
        isLost = true;
        return;
      }
      current = { ...current, next: seq + 1, text: current.text + text };
      const whole = joinTexts([before, current.text]);
      if (!told.startsWith(whole)) isLost = !advance(whole);
    },

    end: (texts) => advance(joinTexts(texts)),
  };
}
