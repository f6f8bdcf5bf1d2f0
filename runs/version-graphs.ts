/** Graphs of published versions, as runs of them start with. A version never changes, so the recent ones are kept. */
import type { Graph, GraphNode } from '../contracts/graph.ts';
import type { MentionedVariables } from '../contracts/variables.ts';
import type { Database } from '../db/index.ts';
import { mentionedVariables } from '../engine/expressions/index.ts';

/** Versions kept, and the most JSON of them together, in bytes. */
const mostVersions = 500;
const mostBytes = 64_000_000;

/** JSON bytes up to which a graph travels in the run's input; above, the worker loads it by the version's id. */
const inlineBytes = 100_000;

export interface VersionGraph {
  /** For the run's input; undefined when it is too large to travel. */
  inline: Graph | undefined;
  nodes: ReadonlyMap<string, GraphNode>;
  /** IANA zone of the automation. */
  timezone: string;
  settings: Graph['settings'];
  /** The variables that its expressions mention; undefined when none, so that most runs cost no look at them. */
  variables: MentionedVariables | undefined;
}

export interface VersionGraphs {
  /** Undefined too when the version is another workspace's. */
  get(version: string, workspace: string): Promise<VersionGraph | undefined>;
}

const ofDatabase = new WeakMap<Database, VersionGraphs>();

/** One for all in this process that start runs of what is published. */
export function versionGraphsOf(db: Database): VersionGraphs {
  const known = ofDatabase.get(db) ?? createVersionGraphs(db);
  ofDatabase.set(db, known);
  return known;
}

export function createVersionGraphs(db: Database): VersionGraphs {
  // A Map keeps the order of insertion: its first entry is the one used longest ago.
  const kept = new Map<string, { graph: VersionGraph; bytes: number }>();
  let bytes = 0;

  return {
    async get(version, workspace) {
      const key = `${workspace}:${version}`;
      const known = kept.get(key);
      if (known) {
        kept.delete(key);
        kept.set(key, known);
        return known.graph;
      }
      const graph = await db.asSystem(({ graphs }) => graphs.get(version, workspace));
      if (!graph) return undefined;
      const entry = { graph: toVersionGraph(graph), bytes: JSON.stringify(graph).length };
      // Another call may have loaded it meanwhile.
      bytes += entry.bytes - (kept.get(key)?.bytes ?? 0);
      kept.set(key, entry);
      for (const [oldest, { bytes: freed }] of kept) {
        if (kept.size <= mostVersions && bytes <= mostBytes) break;
        kept.delete(oldest);
        bytes -= freed;
      }
      return entry.graph;
    },
  };
}

/** Pinned data is for runs from the editor; in others it would only make the input heavy. */
export function toVersionGraph(graph: Graph): VersionGraph {
  const lean = { ...graph, pinnedData: {} };
  return {
    inline: JSON.stringify(lean).length <= inlineBytes ? lean : undefined,
    timezone: graph.settings.timezone,
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    settings: graph.settings,
    variables: variablesOf(graph),
  };
}

export function variablesOf(graph: Graph): MentionedVariables | undefined {
  const mentioned = mentionedVariables(graph.nodes.map(({ parameters }) => parameters));
  return mentioned.length === 0 ? undefined : mentioned;
}
