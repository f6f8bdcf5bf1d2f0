/** Triggers of drafts that listen for one test call. One row a trigger: the last time that somebody asked for it. */
import type { TestedKind } from '../../contracts/api/test-listeners.ts';
import { type Sql, toMoment, toOptionalMoment } from '../sql.ts';

export interface TestAddress {
  kind: TestedKind;
  /** Upper case; of a form: empty. */
  method: string;
  /** Without `test/`. */
  path: string;
}

export interface StoredTestListener extends TestAddress {
  workspace: string;
  automation: string;
  node: string;
  run: string;
  state: 'listening' | 'called' | 'over';
  until: string;
  calledAt?: string | undefined;
}

export interface NewTestListener extends TestAddress {
  automation: string;
  node: string;
  /** The run that the call will start. */
  run: string;
  minutes: number;
}

export interface TestListenersRepository {
  /** Begins to listen, anew if it did. */
  listen(listener: NewTestListener): Promise<StoredTestListener>;
  get(automation: string, node: string): Promise<StoredTestListener | undefined>;
  /** Takes no call any more. */
  stop(automation: string, node: string): Promise<void>;
  /** The call is this listener's, and no other's. False: another call came first, or the time was over. */
  take(listener: StoredTestListener): Promise<boolean>;
  /** The call that took it started nothing: the next one may. */
  giveBack(listener: StoredTestListener): Promise<void>;
}

/** Crosses workspaces: who calls has none yet. In a deleted workspace nobody listens. */
export interface TestListenerFinder {
  /** Of those that listen there now the one that began first. */
  find(address: TestAddress): Promise<StoredTestListener | undefined>;
  /** Methods of webhooks that are listened for at a path now. */
  methods(path: string): Promise<string[]>;
}

interface Row extends TestAddress {
  workspace: string;
  automation: string;
  node: string;
  run: string;
  state: StoredTestListener['state'];
  until: string;
  called_at: string | null;
}

const columns = `workspace, automation, node, kind, method, path, run, until, called_at,
  case when called_at is not null then 'called' when until > now() then 'listening' else 'over' end as state`;
const listens = `called_at is null and until > now()
  and not exists (select 1 from workspaces w where w.id = test_listeners.workspace and w.deleted_at is not null)`;

export function createTestListenerFinder(sql: Sql): TestListenerFinder {
  return {
    async find({ kind, method, path }) {
      const [row] = await sql.query<Row>(
        `select ${columns} from test_listeners
         where path = $3 and kind = $1 and method = $2 and ${listens} order by since limit 1`,
        [kind, method, path],
      );
      return row && toListener(row);
    },

    async methods(path) {
      const rows = await sql.query<{ method: string }>(
        `select distinct method from test_listeners where path = $1 and kind = 'webhook' and ${listens} order by method`,
        [path],
      );
      return rows.map(({ method }) => method);
    },
  };
}

export function createTestListenersRepository(sql: Sql, workspace: string): TestListenersRepository {
  return {
    async listen({ automation, node, kind, method, path, run, minutes }) {
      const [row] = await sql.query<Row>(
        `insert into test_listeners (automation, node, workspace, kind, method, path, run, since, until)
         values ($1, $2, $3, $4, $5, $6, $7, now(), now() + $8::int * interval '1 minute')
         on conflict (automation, node) do update set kind = excluded.kind, method = excluded.method, path = excluded.path,
           run = excluded.run, since = excluded.since, until = excluded.until, called_at = null
         returning ${columns}`,
        [automation, node, workspace, kind, method, path, run, minutes],
      );
      return toListener(row as Row);
    },

    async get(automation, node) {
      const [row] = await sql.query<Row>(
        `select ${columns} from test_listeners where workspace = $1 and automation = $2 and node = $3`,
        [workspace, automation, node],
      );
      return row && toListener(row);
    },

    async stop(automation, node) {
      await sql.query(
        'delete from test_listeners where workspace = $1 and automation = $2 and node = $3 and called_at is null',
        [workspace, automation, node],
      );
    },

    async take({ automation, node, run }) {
      const taken = await sql.query(
        `update test_listeners set called_at = now()
         where workspace = $1 and automation = $2 and node = $3 and run = $4 and called_at is null and until > now()
         returning node`,
        [workspace, automation, node, run],
      );
      return taken.length > 0;
    },

    async giveBack({ automation, node, run }) {
      await sql.query(
        `update test_listeners set called_at = null
         where workspace = $1 and automation = $2 and node = $3 and run = $4`,
        [workspace, automation, node, run],
      );
    },
  };
}

function toListener({ called_at, until, ...row }: Row): StoredTestListener {
  return { ...row, until: toMoment(until), calledAt: toOptionalMoment(called_at) };
}
