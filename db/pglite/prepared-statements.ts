/**
 * Statements that PGlite has parsed and planned before. Its own `query` sends each of them anew, in six messages; that is most of what
 * a statement costs here: 3.1 ms became 0.8 for an update under row-level security (PGlite 0.5.16, decision 040).
 *
 * Plans are made for a role, so a text has one statement for each. Those that were not needed for longest are given up: what lists of
 * filters are made of differs from call to call, and the database keeps every statement in memory.
 */
import { type PGlite, parse, protocol, type QueryOptions, type Results } from '@electric-sql/pglite';

/** A few dozen kilobytes each. */
const mostStatements = 256;

interface Statement {
  name: string;
  /** Of the parameters: object ids of their types. */
  types: number[];
  /** Describes the rows, if there are any. */
  row: Message | undefined;
}

type Message = Parameters<typeof parse.parseResults>[0][number];

export interface PreparedStatements {
  /** The role is the one that the connection has now. */
  query<Row>(
    role: string,
    text: string,
    parameters: readonly unknown[],
    options?: QueryOptions,
  ): Promise<Results<Row>>;
  /** For when tables have changed. */
  forget(): Promise<void>;
}

export function createPreparedStatements(pglite: PGlite): PreparedStatements {
  /** From the one that was used last longest ago to the one that was used just now. */
  const known = new Map<string, Statement>();
  let made = 0;

  /** In one go, which ends what an error left undone. @throws the database's error */
  function send(...messages: Uint8Array[]): Promise<Message[]> {
    return pglite.execProtocolStream(Buffer.concat([...messages, protocol.serialize.sync()]), {
      syncToFs: false,
    });
  }

  async function prepare(key: string, text: string): Promise<Statement> {
    const found = known.get(key);
    known.delete(key);
    const statement = found ?? (await parseStatement(text));
    known.set(key, statement);
    if (known.size > mostStatements) await giveUpOldest();
    return statement;
  }

  async function parseStatement(text: string): Promise<Statement> {
    const name = `s${++made}`;
    const messages = await send(
      protocol.serialize.parse({ name, text }),
      protocol.serialize.describe({ type: 'S', name }),
    );
    return {
      name,
      types: parse.parseDescribeStatementResults(messages),
      row: messages.find((message) => message.name === 'rowDescription'),
    };
  }

  async function giveUpOldest(): Promise<void> {
    const [[key, { name }]] = known as unknown as [[string, Statement]];
    known.delete(key);
    await send(protocol.serialize.close({ type: 'S', name }));
  }

  function asText(value: unknown, type: number | undefined): string | null {
    if (value === null || value === undefined) return null;
    const serialize = type === undefined ? undefined : pglite.serializers[type];
    return serialize ? serialize(value) : String(value);
  }

  return {
    // Statements of one transaction may be asked for at the same time.
    query: <Row>(role: string, text: string, parameters: readonly unknown[], options?: QueryOptions) =>
      pglite.runExclusive(async () => {
        const { name, types, row } = await prepare(`${role} ${text}`, text);
        const values = parameters.map((value, position) => asText(value, types[position]));
        const messages = await send(
          protocol.serialize.bind({ statement: name, values }),
          protocol.serialize.execute({}),
        );
        const described = row ? [row, ...messages] : messages;
        return parse.parseResults(described, pglite.parsers, options)[0] as Results<Row>;
      }),

    forget: () =>
      pglite.runExclusive(async () => {
        known.clear();
        await send(protocol.serialize.query('deallocate all'));
      }),
  };
}
