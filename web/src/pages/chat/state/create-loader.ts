/** Loads one at a time. Asked for again meanwhile, it loads once more behind that: who asked last gets what is there from then on. */
export function createLoader(load: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = () => {
    const loading = load().finally(() => {
      if (running === loading) running = undefined;
    });
    running = loading;
    return loading;
  };
  return () => {
    if (!running) return begin();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return begin();
      });
    return next;
  };
}
