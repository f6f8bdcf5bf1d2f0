/** The components by which React Flow draws our nodes and edges. Constant objects: new ones would redraw everything. */
import type { EdgeTypes, NodeTypes } from '@xyflow/react';
import { FlowEdgeView } from './flow-edge.tsx';
import { FlowNodeView } from './flow-node.tsx';
import { NoteNodeView } from './note-node.tsx';

export const nodeTypes: NodeTypes = { node: FlowNodeView, note: NoteNodeView };
export const edgeTypes: EdgeTypes = { edge: FlowEdgeView };
