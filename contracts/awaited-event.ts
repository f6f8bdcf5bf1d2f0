/** What a run that waits for an event listens to. */
export interface AwaitedEvent {
  /** As a listener names it: `order.paid`, `order.*` or `*`. */
  name: string;
  /**
   * Only an event that has this value at this path of its data (`order.id`), compared as text: an id may come as a number or as its
   * text. Left out: any of the name.
   */
  match?: { path: string; value: string } | undefined;
}
