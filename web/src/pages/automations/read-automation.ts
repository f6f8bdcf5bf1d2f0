/** An automation from a file: what is exported here, a whole automation as the API gives it, or a graph alone. */
import { z } from 'zod';
import { type GraphInput, graph } from '../../../../contracts/graph.ts';
import type { NewAutomation } from './use-create-automation.ts';

const exported = z.object({
  name: z.string().trim().max(128).optional(),
  description: z.string().max(2_000).optional(),
  draft: graph,
});

/** @returns nothing when it is none of them */
export function readAutomation(text: string, fileName: string): NewAutomation | undefined {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const whole = exported.safeParse('nodes' in value ? { draft: value } : value);
  if (!whole.success) return undefined;
  const { name, description, draft } = whole.data;
  return {
    name: name || fileName.replace(/\.json$/i, '').slice(0, 128),
    ...(description !== undefined && { description }),
    draft: draft as GraphInput,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
