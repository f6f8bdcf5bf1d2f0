/** How many runs are told of an event, or started by it, at the same time. */
const lanes = 8;

/** Does it for every one of a list, in their order, some at a time. @throws the first error; what is under way then goes on */
export async function inLanes<T>(list: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const left = [...list];
  const lane = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, left.length) }, lane));
}
