/** Says in a builder's words what the database refused, with its own words and the place in the query. */
import { StepFailure } from '../../contracts/effect.ts';
import { networkFailure } from '../http/network-failure.ts';

interface PgError {
  /** SQLSTATE of what the database says; a code of Node of what the network does. */
  code?: string;
  message?: string;
  detail?: string;
  hint?: string;
  /** In characters from 1. */
  position?: string;
}

interface Place {
  host: string;
  port: number;
  query?: string | undefined;
}

interface Reason {
  code: string;
  hint: string;
  retryable?: true;
}

const busy: Reason = { code: 'database-busy', hint: 'A retry helps: give the node one.', retryable: true };
const away: Reason = {
  code: 'database-unavailable',
  hint: 'The database starts, stops or has no connection left. A retry helps when it is passing.',
  retryable: true,
};
const signIn: Reason = {
  code: 'database-sign-in-refused',
  hint: 'Check user, password and database of the credential.',
};

/** By SQLSTATE; its first two characters are its class. */
const reasons: Record<string, Reason> = {
  '42601': { code: 'sql-syntax', hint: 'Correct the query at the place that is named.' },
  '42P01': { code: 'no-such-table', hint: 'Check its name and schema: search for schema.table.' },
  '42703': {
    code: 'no-such-column',
    hint: 'Check its name. Text stands in single quotes, names in double ones.',
  },
  '42501': { code: 'database-forbids', hint: 'Grant the right to the user of the credential.' },
  '25006': { code: 'not-read-only', hint: 'Switch "It only reads" off, for this statement writes.' },
  '23505': {
    code: 'unique-violation',
    hint: 'The row is there already: insert or update instead, or send it to the error port.',
  },
  '23503': { code: 'foreign-key-violation', hint: 'The row that it refers to has to be there first.' },
  '23502': { code: 'not-null-violation', hint: 'Give the column a value.' },
  '23514': { code: 'check-violation', hint: 'The table allows no such value: see its check constraint.' },
  '22P02': {
    code: 'bad-value',
    hint: 'The value is not of the type of its column: convert it before this node.',
  },
  '42P10': {
    code: 'no-unique-index',
    hint: 'The columns that find the row need a unique index or a primary key.',
  },
  '57014': { code: 'statement-timeout', hint: 'Make the query faster (an index?), or raise its time limit.' },
  '28P01': signIn,
  '28000': signIn,
  '3D000': signIn,
  '40001': busy,
  '40P01': busy,
  '55P03': busy,
  '53300': away,
  '57P01': away,
  '57P02': away,
  '57P03': away,
};

export function databaseFailure(error: unknown, { host, port, query }: Place): unknown {
  if (error instanceof StepFailure) return error;
  const { code = '', message = '', detail, position } = error as PgError;
  if (!/^[0-9A-Z]{5}$/.test(code) || code.startsWith('E'))
    return connectionFailure(error, host, port, message);
  const reason = reasons[code] ?? { code: 'sql-error', hint: 'What the database says is the reason.' };
  const place = query === undefined || position === undefined ? '' : ` (${placeOf(query, Number(position))})`;
  const more = detail === undefined ? '' : ` ${detail}`;
  return new StepFailure(
    {
      code: reason.code,
      message: `The database refused${place}: ${message.slice(0, 500)}.${more.slice(0, 500)}`,
      hint: (error as PgError).hint ?? reason.hint,
      details: { sqlState: code },
    },
    { retryable: reason.retryable === true },
  );
}

function placeOf(query: string, position: number): string {
  const before = query.slice(0, position - 1).split('\n');
  const excerpt = query.slice(position - 1, position + 29).split('\n')[0] ?? '';
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}: "${excerpt}"`;
}

function connectionFailure(error: unknown, host: string, port: number, message: string): unknown {
  if (/SSL|TLS|certificate/i.test(message))
    return new StepFailure({
      code: 'database-tls-failed',
      message: `The database at ${host} and we found no safe connection: ${message.slice(0, 200)}`,
      hint: 'Check TLS in the credential: the server may have none, or a certificate that is not to be checked.',
    });
  if (/terminated|timeout|ended|not queryable/i.test(message))
    return new StepFailure(
      {
        code: 'connection-lost',
        message: `The connection to the database at ${host} broke off: ${message.slice(0, 200)}`,
        hint: 'Check host and port of the credential, and that the database runs.',
      },
      { retryable: true },
    );
  const url = new URL(`postgres://${host.includes(':') ? `[${host}]` : host}:${port}`);
  return networkFailure(error, { url, method: 'POST' });
}
