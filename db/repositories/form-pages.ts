/** Pages that runs wait to be filled in, as the runs told them. */
import type { FormPage } from '../../contracts/announcement.ts';
import type { StepAddress } from '../../contracts/step-address.ts';
import type { Sql } from '../sql.ts';

type Of = Pick<StepAddress, 'run' | 'node' | 'index'>;

export interface OpenPage extends Of {
  page: FormPage;
  open: boolean;
}

export interface FormPagesRepository {
  /** Told twice, it changes nothing. */
  open(of: Of, page: FormPage, at: number): Promise<void>;
  close(of: Of, at: number): Promise<void>;
  get(of: Of): Promise<OpenPage | undefined>;
  /** Those a run waits for now, the oldest first. */
  waiting(run: string): Promise<OpenPage[]>;
}

interface Row extends Of {
  page: FormPage;
  closed_at: string | null;
}

export function createFormPagesRepository(sql: Sql, workspace: string): FormPagesRepository {
  const columns = 'select run, node, index, page, closed_at from form_pages where workspace = $1';
  return {
    async open({ run, node, index }, page, at) {
      await sql.query(
        `insert into form_pages (workspace, run, node, index, page, opened_at)
         values ($1, $2, $3, $4, $5::text::jsonb, $6::timestamptz) on conflict do nothing`,
        [workspace, run, node, index, JSON.stringify(page), new Date(at).toISOString()],
      );
    },
    async close({ run, node, index }, at) {
      await sql.query(
        `update form_pages set closed_at = $5::timestamptz
         where workspace = $1 and run = $2 and node = $3 and index = $4 and closed_at is null`,
        [workspace, run, node, index, new Date(at).toISOString()],
      );
    },
    async get({ run, node, index }) {
      const [row] = await sql.query<Row>(`${columns} and run = $2 and node = $3 and index = $4`, [
        workspace,
        run,
        node,
        index,
      ]);
      return row && toPage(row);
    },
    async waiting(run) {
      const rows = await sql.query<Row>(`${columns} and run = $2 and closed_at is null order by opened_at`, [
        workspace,
        run,
      ]);
      return rows.map(toPage);
    },
  };
}

function toPage({ closed_at, ...row }: Row): OpenPage {
  return { ...row, open: closed_at === null };
}
