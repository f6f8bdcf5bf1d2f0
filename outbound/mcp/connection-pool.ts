/**
 * Connections that are kept for a while, in the process that calls: opening one takes three requests, or starts a program. A key names
 * workspace, server, its revision and user, so none is ever shared between those.
 */
import { text } from '../../contracts/text.ts';
import type { McpConnection } from './connection.ts';
import { McpFailure } from './mcp-failure.ts';
import { SessionGone } from './turned-away.ts';

export interface McpPool {
  /**
   * `work` may be called a second time, on a new connection, after it has thrown `SessionGone`: nothing was called then.
   * @param open called when there is none
   */
  use<T>(
    key: string,
    open: () => Promise<McpConnection>,
    work: (connection: McpConnection) => Promise<T>,
  ): Promise<T>;
  /** Ends all of them. */
  close(): Promise<void>;
}

interface Kept {
  opening: Promise<McpConnection>;
  users: number;
  /** Ends it when nobody has used it for long. */
  timer?: NodeJS.Timeout | undefined;
}

export interface McpPoolOptions {
  /** Milliseconds, default five minutes. */
  idleMs?: number | undefined;
  /** Connections at a time, default 100. */
  most?: number | undefined;
}

export function createMcpPool({ idleMs = 300_000, most = 100 }: McpPoolOptions = {}): McpPool {
  // In the order of their last use.
  const kept = new Map<string, Kept>();
  let isClosed = false;

  async function end(key: string, connection: Kept): Promise<void> {
    if (kept.get(key) === connection) kept.delete(key);
    clearTimeout(connection.timer);
    await connection.opening.then((opened) => opened.close()).catch(() => undefined);
  }

  function take(key: string, open: () => Promise<McpConnection>): Kept {
    const found = kept.get(key);
    const connection = found ?? { opening: open(), users: 0 };
    kept.delete(key);
    if (!found) makeRoom();
    kept.set(key, connection);
    clearTimeout(connection.timer);
    connection.users += 1;
    return connection;
  }

  function makeRoom(): void {
    if (kept.size < most) return;
    const idle = [...kept].find(([, { users }]) => users === 0);
    if (!idle) throw busy();
    void end(...idle);
  }

  async function once<T>(
    key: string,
    open: () => Promise<McpConnection>,
    work: (connection: McpConnection) => Promise<T>,
  ): Promise<T> {
    const connection = take(key, open);
    try {
      const opened = await connection.opening;
      const result = await work(opened);
      if (opened.isOver) await end(key, connection);
      return result;
    } catch (error) {
      // Whatever went wrong, the next call begins anew. Calls that are under way on it go on: it ends when the last one does.
      if (kept.get(key) === connection) kept.delete(key);
      throw error;
    } finally {
      connection.users -= 1;
      if (connection.users === 0) {
        if (kept.get(key) !== connection) void end(key, connection);
        else connection.timer = setTimeout(() => void end(key, connection), idleMs).unref();
      }
    }
  }

  return {
    async use(key, open, work) {
      if (isClosed) throw busy();
      try {
        return await once(key, open, work);
      } catch (error) {
        if (!(error instanceof SessionGone)) throw error;
        return await once(key, open, work);
      }
    },
    async close() {
      isClosed = true;
      await Promise.all([...kept].map(([key, connection]) => end(key, connection)));
    },
  };
}

function busy(): McpFailure {
  return new McpFailure(
    'mcp-busy',
    text('Too many MCP servers are in use at once.', 'Servidores MCP demais estão em uso ao mesmo tempo.'),
    text('Try again in a moment.', 'Tente de novo em instantes.'),
    { passes: true },
  );
}
