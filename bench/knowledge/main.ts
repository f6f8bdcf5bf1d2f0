/**
 * `npm run bench -- knowledge`: 100,000 chunks in 20 workspaces on a real Postgres. Each question is asked for the documents of one
 * team in a hundred, by meaning and words at once, as the product does it; what it gives by meaning is compared with every vector that
 * the filter leaves, computed here. Prints one JSON line for it, and before that some for other ways: without a filter, and by the
 * graph where comparing would cost less.
 *
 * `p95Ms` is of the database: finding, and reading the passages. The time of a model that makes the question's vector is its own.
 */
import { cpus } from 'node:os';
import pg from 'pg';
import { type Database, openDatabase, type SearchPlan, vectorText } from '../../db/index.ts';
import { startPostgres } from '../../scripts/stack/postgres-server.ts';
import { say } from '../../scripts/stack/say.ts';
import { percentile } from '../load.ts';
import { type FilledBase, fillBase, teams } from './fill-knowledge.ts';
import { createMadeUp, type MadeUp, topics } from './made-up.ts';

const workspaces = 20;
const dimensions = 768;
const questions = 400;
const questionsByGraph = 100;
const warmUp = 40;
const top = 10;

const chunks = Number(process.argv[process.argv.indexOf('--chunks') + 1]) || 100_000;
await benchKnowledge();

async function benchKnowledge(): Promise<void> {
  const postgres = await startPostgres({ say: (line) => process.stderr.write(`${line}\n`) });
  if ('skipped' in postgres) throw new Error(`Postgres is not to be had: ${postgres.skipped}`);
  const db = await openDatabase({ url: postgres.url, dataDir: '' });
  const owner = new pg.Client({ connectionString: postgres.url });
  try {
    await db.migrate();
    await owner.connect();
    const madeUp = createMadeUp(dimensions);
    const began = performance.now();
    const bases = await fill(db, owner, madeUp);
    say(JSON.stringify({ figure: 'fill', chunks, seconds: round((performance.now() - began) / 1_000) }));

    const ask = (of: { isFiltered: boolean; plan?: SearchPlan }) => measure(db, bases, madeUp, of);
    say(JSON.stringify({ figure: 'no filter', ...(await ask({ isFiltered: false })) }));
    say(JSON.stringify({ figure: 'no filter, graph', ...(await ask({ isFiltered: false, plan: 'hnsw' })) }));
    say(JSON.stringify({ figure: 'filter, graph', ...(await ask({ isFiltered: true, plan: 'hnsw' })) }));
    const measured = await ask({ isFiltered: true });
    const cpu = cpus();
    say(
      JSON.stringify({
        figure: 'knowledge',
        ...measured,
        ...(await counted(db, bases)),
        machine: `${cpu.length} × ${cpu[0]?.model}`,
      }),
    );
  } finally {
    await owner.end();
    await db.close();
    await postgres.stop();
  }
}

/** The graph is made at the end, from all vectors at once: the same graph in a fraction of the time. */
async function fill(
  db: Database,
  owner: InstanceType<typeof pg.Client>,
  madeUp: MadeUp,
): Promise<FilledBase[]> {
  const graph = `knowledge_vectors_near_${dimensions}`;
  const { rows } = await owner.query<{ indexdef: string }>(
    `select indexdef from pg_indexes where indexname = $1`,
    [graph],
  );
  await owner.query(`drop index ${graph}`);
  const bases: FilledBase[] = [];
  for (let n = 0; n < workspaces; n++) bases.push(await fillBase(db, madeUp, chunks / workspaces));
  await owner.query(`set maintenance_work_mem = '512MB'`);
  await owner.query(rows[0]!.indexdef);
  await owner.query('vacuum analyze');
  return bases;
}

async function measure(
  db: Database,
  bases: readonly FilledBase[],
  madeUp: MadeUp,
  { isFiltered, plan }: { isFiltered: boolean; plan?: SearchPlan },
) {
  const taken: number[] = [];
  let hits = 0;
  let wanted = 0;
  const plans = new Set<SearchPlan>();
  const asked = plan === undefined ? questions : questionsByGraph;
  for (let n = 0; n < asked; n++) {
    const { workspace, base, index, chunks: all } = bases[n % bases.length]!;
    const vector = madeUp.vector(madeUp.below(topics));
    const team = madeUp.below(teams);
    const query = madeUp.text(5);
    const from = performance.now();
    const found = await db.asSystem(({ knowledgeFinder }) =>
      knowledgeFinder.find(
        {
          ...{ workspace, bases: [base], query, threshold: 0, limit: 4 * top },
          near: { indexes: [{ ...index, dimensions }], vector: vectorText([...vector]), dimensions },
          filter: isFiltered ? { team } : undefined,
        },
        plan,
      ),
    );
    await db.inWorkspace(workspace, ({ knowledge }) =>
      knowledge.passages.read(found.chunks.map(({ chunk }) => chunk)),
    );
    if (n >= warmUp) taken.push(performance.now() - from);
    plans.add(found.plan);
    const eligible = isFiltered ? all.filter((chunk) => chunk.team === team) : all;
    const exact = nearest(eligible, vector);
    const given = new Set(
      found.chunks.filter((chunk) => (chunk.vector?.rank ?? top + 1) <= top).map(({ chunk }) => chunk),
    );
    wanted += exact.length;
    hits += exact.filter((id) => given.has(id)).length;
  }
  const sorted = taken.toSorted((a, b) => a - b);
  return {
    recallAt10: round(hits / wanted),
    p50Ms: round(percentile(sorted, 0.5)),
    p95Ms: round(percentile(sorted, 0.95)),
    plan: [...plans].join(', '),
  };
}

function nearest(chunks: FilledBase['chunks'], vector: Float32Array): string[] {
  return chunks
    .map(({ id, vector: other }) => ({ id, likeness: dot(vector, other) }))
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, top)
    .map(({ id }) => id);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += a[n]! * b[n]!;
  return sum;
}

/** Of what was written, what is not there, and what is there more than once. */
async function counted(db: Database, bases: readonly FilledBase[]) {
  const [row] = await db.sql.query<{ chunks: number; missing: number; doubled: number }>(
    `select count(*)::int as chunks, count(*) filter (where vectors = 0)::int as missing,
       count(*) filter (where vectors > 1)::int as doubled
     from (select (select count(*) from knowledge_vectors v where v.chunk = c.id) as vectors from knowledge_chunks c) n`,
  );
  const written = bases.reduce((sum, base) => sum + base.chunks.length, 0);
  return { ...row!, missing: row!.missing + Math.max(0, written - row!.chunks) };
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
