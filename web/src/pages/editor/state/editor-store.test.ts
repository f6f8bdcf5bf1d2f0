import { describe, expect, it } from '@jest/globals';
import type { Automation } from '../../../../../contracts/api/automations.ts';
import { graph } from '../../../../../contracts/graph.ts';
import { createEditorStore } from './editor-store.ts';

const automation: Automation = {
  id: 'a',
  name: 'Orders',
  description: '',
  draftChanged: false,
  triggers: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  revision: 1,
  problems: [],
  draft: graph.parse({
    nodes: [{ id: 'start', type: 'manual-trigger', name: 'Start', position: { x: 0, y: 0 }, parameters: {} }],
  }),
};

/** Everything the editor offers that changes a draft. */
function changeEverything(store: ReturnType<typeof createEditorStore>): void {
  const state = store.getState();
  state.setName('Renamed');
  state.changeNode('start', { notes: 'x' });
  state.setParameter('start', ['x'], 1);
  state.insert('wait', { kind: 'near', position: { x: 0, y: 0 } });
  state.edit((before) => ({ ...before, nodes: [] }));
  state.load({ name: 'Other', graph: graph.parse({}) }, true);
}

describe('an editor that is only looked at', () => {
  it('keeps the draft as it is', () => {
    const store = createEditorStore(automation, { readOnly: true });
    changeEverything(store);
    store.getState().select(['start']);
    store.getState().removeSelected();
    const { present, past } = store.getState().history;
    expect(present).toEqual({ name: 'Orders', graph: automation.draft });
    expect(past).toEqual([]);
  });

  it('opens no picker, and panels as ever', () => {
    const store = createEditorStore(automation, { readOnly: true });
    store.getState().set({ picker: { kind: 'at', position: { x: 0, y: 0 } } });
    store.getState().set({ panel: 'versions' });
    expect(store.getState()).toMatchObject({ picker: undefined, panel: 'versions' });
  });
});

it('an editor for who may edit takes every change', () => {
  const store = createEditorStore(automation);
  changeEverything(store);
  expect(store.getState().history.present.name).toBe('Other');
  expect(store.getState().history.past.length).toBeGreaterThan(0);
});
