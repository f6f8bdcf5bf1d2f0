/**
 * Who listens at an address, remembered for a moment: a busy webhook asks the database once a second, not once a call.
 *
 * A change is told by the bus and forgets what it touches, at once in the process that made it. Should the bus lose the message,
 * another process may go on for `freshMs` as if the change came that much later.
 */
import type { Bus } from '../../contracts/bus.ts';
import type { Database, WebhookTarget } from '../../db/index.ts';

/** Milliseconds that an answer of the database is good for, and the most answers kept. */
const freshMs = 1_000;
const most = 2_000;

export interface WebhookTargets {
  find(method: string, path: string): Promise<WebhookTarget | undefined>;
  close(): void;
}

export function createWebhookTargets(db: Database, bus: Bus): WebhookTargets {
  const kept = new Map<string, { target: WebhookTarget; until: number }>();
  let changes = 0;
  const unsubscribe = bus.subscribe((message) => {
    if (message.kind !== 'automation.changed') return;
    changes += 1;
    for (const [key, { target }] of kept) if (target.automation.id === message.automation) kept.delete(key);
  });

  return {
    async find(method, path) {
      const key = `${method} ${path}`;
      const known = kept.get(key);
      if (known && known.until > performance.now()) return known.target;
      const before = changes;
      const target = await db.asSystem(({ webhooks }) => webhooks.find(method, path));
      kept.delete(key);
      // Something changed while we read: what we read may be the old state.
      if (!target || before !== changes) return target;
      if (kept.size >= most) kept.clear();
      kept.set(key, { target, until: performance.now() + freshMs });
      return target;
    },
    close: unsubscribe,
  };
}
