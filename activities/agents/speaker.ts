/**
 * Tells the bus what a model says to a run that somebody follows. Nothing of it is kept: whoever misses a piece sees so by its number,
 * and has the run's result in the end. The first piece goes at once, later ones gather, so that a quick model is no flood.
 */
import type { Bus } from '../../contracts/bus.ts';
import { gatherMs } from '../../contracts/chat/stream.ts';

export interface Speaker {
  say(text: string): void;
  /** Tells what is left. */
  close(): void;
}

export function createSpeaker(
  bus: Pick<Bus, 'publish'>,
  of: { workspace: string; run: string; step: number; attempt: number },
): Speaker {
  let gathered = '';
  let seq = 0;
  let timer: NodeJS.Timeout | undefined;

  function tell(): void {
    timer = undefined;
    if (gathered === '') return;
    bus.publish({ kind: 'agent.said', ...of, seq, text: gathered });
    seq++;
    gathered = '';
  }

  return {
    say(text) {
      gathered += text;
      if (seq === 0) tell();
      else timer ??= setTimeout(tell, gatherMs);
    },
    close() {
      clearTimeout(timer);
      tell();
    },
  };
}
