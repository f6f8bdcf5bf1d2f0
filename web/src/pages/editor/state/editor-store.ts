/** Everything the editor knows about the automation on the screen. One store per opened automation. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Automation } from '../../../../../contracts/api/automations.ts';
import { findNodeType } from '../../../../../contracts/catalogue/index.ts';
import type { Graph, GraphEdge, GraphNode, Position } from '../../../../../contracts/graph.ts';
import type { JsonValue } from '../../../../../contracts/json.ts';
import { currentLanguage } from '../../../i18n/language.ts';
import { type Path, withValueAt } from '../inspector/form-values.ts';
import type { SaveState } from './autosaver.ts';
import { pasteNodes, readClip } from './clipboard.ts';
import { freeSpot } from './free-spot.ts';
import {
  addNode,
  insertAfter,
  insertBefore,
  insertOnEdge,
  makeNode,
  placeAfter,
  removeEdges,
  removeNodes,
  updateNode,
} from './graph-edits.ts';
import { type History, record, redo, startHistory, undo } from './history.ts';
import { replaceUntouchedStart, untouchedStart } from './untouched-start.ts';

/** What is saved. */
export interface Draft {
  name: string;
  graph: Graph;
}

/** Where a picked node type goes. */
export type Insertion =
  /** Where a person pointed: exactly there. */
  | { kind: 'at'; position: Position }
  /** Nobody pointed: the nearest place that is free. */
  | { kind: 'near'; position: Position }
  | { kind: 'after'; node: string; port: string; position?: Position }
  | { kind: 'before'; node: string; port: string; position: Position }
  | { kind: 'edge'; edge: GraphEdge };

export type Panel = 'versions' | 'deliveries' | 'settings' | 'problems' | 'keys' | 'connect';

export interface EditorState {
  readonly automation: string;
  /** The draft is looked at: nothing changes it. */
  readonly readOnly: boolean;
  history: History<Draft>;
  selected: ReadonlySet<string>;
  selectedEdges: ReadonlySet<string>;
  picker: Insertion | undefined;
  panel: Panel | undefined;
  save: SaveState;
  publishedVersion: number | undefined;
  draftChanged: boolean;
  /** The inspector scrolls to this parameter and focuses it. */
  focusField: string | undefined;
  /** Which input item previews use. */
  itemIndex: number;

  edit(change: (graph: Graph) => Graph, key?: string): void;
  setName(name: string): void;
  undo(): void;
  redo(): void;
  /** Puts a saved draft in place of this one; `asStep`: can be undone. */
  load(draft: Draft, asStep: boolean): void;
  select(nodes: Iterable<string>, edges?: Iterable<string>): void;
  setParameter(node: string, path: Path, value: JsonValue): void;
  changeNode(node: string, change: Partial<GraphNode>, key?: string): void;
  insert(type: string, insertion: Insertion): GraphNode;
  removeSelected(): void;
  /** False: the text holds no nodes. */
  paste(text: string, at?: Position): boolean;
  set(
    change: Partial<
      Pick<
        EditorState,
        'picker' | 'panel' | 'save' | 'publishedVersion' | 'draftChanged' | 'focusField' | 'itemIndex'
      >
    >,
  ): void;
}

export function createEditorStore(
  automation: Pick<Automation, 'id' | 'name' | 'draft' | 'publishedVersion' | 'draftChanged'>,
  { readOnly = false } = {},
): StoreApi<EditorState> {
  return createStore<EditorState>((set, get) => {
    const graphOf = () => get().history.present.graph;
    const put = (draft: Draft, key?: string) => {
      if (!readOnly) set({ history: record(get().history, draft, key, Date.now()) });
    };
    const edit: EditorState['edit'] = (change, key) => {
      const draft = get().history.present;
      const graph = change(draft.graph);
      if (graph !== draft.graph) put({ ...draft, graph }, key);
    };
    return {
      automation: automation.id,
      readOnly,
      history: startHistory({ name: automation.name, graph: automation.draft }),
      selected: new Set(),
      selectedEdges: new Set(),
      picker: undefined,
      panel: undefined,
      save: { kind: 'saved' },
      publishedVersion: automation.publishedVersion,
      draftChanged: automation.draftChanged,
      focusField: undefined,
      itemIndex: 0,
      edit,
      setName: (name) => put({ ...get().history.present, name }, 'name'),
      undo: () => set({ history: undo(get().history) }),
      redo: () => set({ history: redo(get().history) }),
      load: (draft, asStep) => (asStep ? put(draft) : set({ history: startHistory(draft) })),
      select: (nodes, edges = []) => {
        const selected = new Set(nodes);
        const before = get().selected;
        const moved = selected.size !== before.size || [...selected].some((id) => !before.has(id));
        set({
          selected: moved ? selected : before,
          selectedEdges: new Set(edges),
          ...(moved && { itemIndex: 0 }),
        });
      },
      setParameter: (id, path, value) =>
        edit(
          (graph) =>
            updateNode(graph, id, (node) => ({
              ...node,
              parameters: withValueAt(node.parameters, path, value),
            })),
          `parameter:${id}:${path.join('.')}`,
        ),
      changeNode: (id, change, key) =>
        edit((graph) => updateNode(graph, id, (node) => withoutEmpty({ ...node, ...change })), key),
      insert: (type, insertion) => {
        const node = placed(graphOf(), type, insertion);
        edit((graph) => {
          switch (insertion.kind) {
            case 'at':
            case 'near':
              return isTrigger(type) ? replaceUntouchedStart(graph, node) : addNode(graph, node);
            case 'after':
              return insertAfter(graph, node, insertion.node, insertion.port);
            case 'before':
              return insertBefore(graph, node, insertion.node, insertion.port);
            case 'edge':
              return insertOnEdge(graph, node, insertion.edge);
          }
        });
        set({
          picker: undefined,
          selected: new Set([node.id]),
          selectedEdges: new Set(),
          itemIndex: 0,
        });
        return node;
      },
      removeSelected: () => {
        const { selected, selectedEdges } = get();
        edit((graph) => removeEdges(removeNodes(graph, selected), selectedEdges));
        set({ selected: new Set(), selectedEdges: new Set() });
      },
      paste: (text, at) => {
        const copied = readClip(text);
        if (!copied) return false;
        const pasted = pasteNodes(graphOf(), copied, at);
        edit(() => pasted.graph);
        set({ selected: new Set(pasted.ids), selectedEdges: new Set() });
        return true;
      },
      // A picker leads to a change only.
      set: (change) => set(readOnly ? { ...change, picker: undefined } : change),
    };
  });
}

function placed(graph: Graph, type: string, insertion: Insertion): GraphNode {
  const language = currentLanguage();
  if (insertion.kind === 'edge') return makeNode(graph, type, { x: 0, y: 0 }, language);
  if (insertion.kind === 'near') {
    const node = makeNode(graph, type, insertion.position, language);
    const start = isTrigger(type) ? untouchedStart(graph) : undefined;
    return { ...node, position: start?.position ?? freeSpot(graph, [node], insertion.position) };
  }
  if (insertion.kind !== 'after' || insertion.position)
    return makeNode(graph, type, insertion.position ?? { x: 0, y: 0 }, language);
  const source = graph.nodes.find((node) => node.id === insertion.node);
  return makeNode(graph, type, source ? placeAfter(graph, source) : { x: 0, y: 0 }, language);
}

function isTrigger(type: string): boolean {
  return findNodeType(type)?.role === 'trigger';
}

/** A node without the settings that were set to undefined: absent means default. */
function withoutEmpty(node: { [K in keyof GraphNode]: GraphNode[K] | undefined }): GraphNode {
  return Object.fromEntries(
    Object.entries(node).filter(([, value]) => value !== undefined),
  ) as unknown as GraphNode;
}

export const EditorContext = createContext<StoreApi<EditorState> | undefined>(undefined);

export function useEditorStore(): StoreApi<EditorState> {
  const store = useContext(EditorContext);
  if (!store) throw new Error('A part of the editor was drawn outside its EditorContext.');
  return store;
}

export function useEditor<T>(select: (state: EditorState) => T): T {
  return useStore(useEditorStore(), select);
}

export const useReadOnly = (): boolean => useEditor((state) => state.readOnly);

export const useGraph = (): Graph => useEditor((state) => state.history.present.graph);

/** The node whose form is open: the one selected node. */
export function useSelectedNode(): GraphNode | undefined {
  return useEditor((state) => {
    if (state.selected.size !== 1) return undefined;
    const [id] = state.selected;
    return state.history.present.graph.nodes.find((node) => node.id === id);
  });
}
