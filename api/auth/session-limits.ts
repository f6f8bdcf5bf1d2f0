/** How long a browser stays signed in, in seconds. */
import type { Config } from '../../contracts/config.ts';

export interface SessionLimits {
  /** Since it was last seen. */
  idleSeconds: number;
  /** Since it signed in. */
  absoluteSeconds: number;
  /** For giving the second factor. */
  dueSeconds: number;
}

export function sessionLimits(config: Config): SessionLimits {
  return {
    idleSeconds: Math.round(config.HIVIEX_SESSION_IDLE_HOURS * 3_600),
    absoluteSeconds: Math.round(config.HIVIEX_SESSION_MAX_HOURS * 3_600),
    dueSeconds: 15 * 60,
  };
}
