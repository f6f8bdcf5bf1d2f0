import type { ComputeNode } from './compute-node.ts';

export const runNoOp: ComputeNode = ({ item }) => [{ port: 'main', item }];
