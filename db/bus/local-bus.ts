/** The bus of one process: the embedded mode, where PGlite's NOTIFY would reach nobody else anyway. */
import type { Bus, BusMessage } from '../../contracts/bus.ts';
import { type Log, silent } from '../log.ts';

/** A listener that throws is logged and harms neither the publisher nor the other listeners. */
export function createLocalBus(log: Log = silent): Bus {
  const listeners = new Set<(message: BusMessage) => void>();
  return {
    publish(message) {
      for (const listener of [...listeners]) {
        try {
          listener(message);
        } catch (error) {
          log.error({ err: error, kind: message.kind }, 'A bus listener failed');
        }
      }
    },
    subscribe(listener) {
      // Wrapped, so that the same function may subscribe twice and each end is its own.
      const own = (message: BusMessage) => listener(message);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    async close() {
      listeners.clear();
    },
  };
}
