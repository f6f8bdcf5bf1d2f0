/** Socket.IO events. A browser joins what it looks at; the server checks that it may. */
import type { RunEvent } from '../run.ts';
import type { RunState } from '../states.ts';

export interface ServerToClient {
  /** Events of a run the socket watches; those at or below the last seen `seq` may come again. */
  'run:events': (message: {
    run: string;
    automation: string;
    events: RunEvent[];
    partial?: boolean | undefined;
  }) => void;
  /** Any run of the workspace changed its state. */
  'run:state': (message: { run: string; automation: string; state: RunState }) => void;
  'automation:changed': (message: { automation: string }) => void;
}

export interface ClientToServer {
  'run:watch': (run: string, done: (result: { ok: boolean }) => void) => void;
  'run:unwatch': (run: string) => void;
}
