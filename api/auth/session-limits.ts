/** How long a browser stays signed in, in seconds: since it was last seen, and at most. */
export const sessionLimits = {
  idleSeconds: 7 * 24 * 3_600,
  absoluteSeconds: 30 * 24 * 3_600,
};
