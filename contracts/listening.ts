/** What a trigger can listen to, besides webhooks and schedules. */

/**
 * - `form`: `key` is the form's path, one listener in all.
 * - `mail`: `key` is the address's local part, one listener in all.
 * - `event`: `key` is the event's name.
 * - `poll`: `key` is the node's id; a workflow of its own asks.
 * - `error`: `key` is empty: asked for by the id of the automation that handles errors.
 * - `sub-automation`: as `error`, by automations that call it.
 */
export const subscriptionKinds = ['form', 'mail', 'event', 'poll', 'error', 'sub-automation'] as const;
export type SubscriptionKind = (typeof subscriptionKinds)[number];

export interface Listening {
  kind: SubscriptionKind;
  key: string;
}
