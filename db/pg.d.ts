/** The little of `pg` (the driver under @mikro-orm/postgresql) that this room uses; it ships no types. */
declare module 'pg' {
  import type { EventEmitter } from 'node:events';

  export interface Notification {
    channel: string;
    payload?: string;
  }
  export interface Queryable {
    query<Row extends object>(text: string, parameters?: readonly unknown[]): Promise<{ rows: Row[] }>;
  }
  export class Client extends EventEmitter implements Queryable {
    constructor(options: {
      connectionString: string;
      keepAlive?: boolean;
      application_name?: string;
      connectionTimeoutMillis?: number;
    });
    connect(): Promise<void>;
    query<Row extends object>(text: string, parameters?: readonly unknown[]): Promise<{ rows: Row[] }>;
    end(): Promise<void>;
  }
  export interface PoolOptions {
    max: number;
    /** Runs once for each new connection, before its first use; a connection for which it fails is given to nobody. */
    onConnect?: (client: Queryable) => Promise<unknown>;
    [option: string]: unknown;
  }
  export interface PoolClient extends Queryable {
    release(destroy?: boolean): void;
  }
  export class Pool extends EventEmitter implements Queryable {
    constructor(options: PoolOptions);
    readonly options: PoolOptions & { password?: unknown };
    connect(): Promise<PoolClient>;
    query<Row extends object>(text: string, parameters?: readonly unknown[]): Promise<{ rows: Row[] }>;
    end(): Promise<void>;
  }
  const pg: { Client: typeof Client; Pool: typeof Pool };
  export default pg;
}
