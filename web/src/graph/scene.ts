/**
 * What the nodes and edges on a canvas need beyond their own data: the run shown on them, their problems, and what a click on
 * them does. Nodes read only their own part, so that a busy run redraws only what moved.
 */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GraphEdge } from '../../../contracts/graph.ts';
import type { GraphProblem } from '../../../contracts/validate-graph.ts';
import type { NodeView, RunOverlay } from './run-overlay.ts';

export interface SceneActions {
  addAfter(node: string, port: string): void;
  insertOn(edge: GraphEdge): void;
  removeEdge(edge: GraphEdge): void;
  rename(node: string, name: string): void;
  stopRenaming(): void;
  resizeNote(node: string, size: { width: number; height: number; x: number; y: number }): void;
  editNote(node: string, content: string): void;
}

export interface SceneState {
  overlay: RunOverlay | undefined;
  problems: ReadonlyMap<string, readonly GraphProblem[]>;
  renaming: string | undefined;
}

export interface Scene {
  store: StoreApi<SceneState>;
  /** Absent: the canvas is only looked at. */
  actions?: SceneActions | undefined;
}

export function createSceneStore(overlay?: RunOverlay): StoreApi<SceneState> {
  return createStore<SceneState>(() => ({ overlay, problems: new Map(), renaming: undefined }));
}

export const SceneContext = createContext<Scene | undefined>(undefined);

export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (!scene) throw new Error('A node of the canvas was drawn outside a SceneContext.');
  return scene;
}

export function useNodeView(node: string): NodeView | undefined {
  return useStore(useScene().store, (state) => state.overlay?.nodes[node]);
}

const noProblems: readonly GraphProblem[] = [];

export function useNodeProblems(node: string): readonly GraphProblem[] {
  return useStore(useScene().store, (state) => state.problems.get(node) ?? noProblems);
}

export function useIsRenaming(node: string): boolean {
  return useStore(useScene().store, (state) => state.renaming === node);
}

/** Items that have gone through an edge in the shown run; undefined before any did. */
export function useEdgeCount(edge: Pick<GraphEdge, 'source' | 'sourcePort'>): number | undefined {
  return useStore(useScene().store, (state) => state.overlay?.nodes[edge.source]?.counts[edge.sourcePort]);
}
