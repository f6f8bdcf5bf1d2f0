/** Progress lines of the set-up. Plain lines, no spinner: they read the same on a terminal, in a pipe and in a CI log. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** A failure whose message already tells the reader what to do: printed without a stack. */
export class SetupError extends Error {}
