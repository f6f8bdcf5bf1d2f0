import { describe, expect, it } from '@jest/globals';
import type { Decision } from '../../contracts/approvals.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { addresses } from '../../contracts/run-message.ts';
import { SimulatedWorld } from './simulated-world.ts';
import { drawGraph, json, outputOf, play } from './test-graphs.ts';

const hour = 3_600_000;
const day = 24 * hour;

const approvers = [{ kind: 'member', who: 'ana@example.com' }];

function approval(parameters: JsonObject) {
  return drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Ask', 'approval', { title: 'Refund of {{ $json.amount }}', approvers, ...parameters }],
      ['Yes', 'no-op'],
      ['No', 'no-op'],
      ['Late', 'no-op'],
    ],
    [
      ...['Start > Ask', 'Ask.approved > Yes', 'Ask.rejected > No'],
      ...(parameters.limitWait && parameters.onDeadline !== 'approve' && parameters.onDeadline !== 'reject'
        ? ['Ask.timeout > Late']
        : []),
    ],
  );
}

const say = (
  world: SimulatedWorld,
  after: number,
  name: string,
  decision: Decision['decision'],
  more: Partial<Decision> = {},
) =>
  world.send(after, {
    id: `${name} ${after}`,
    to: addresses.step('Ask', 0),
    body: { approver: `user:${name}`, name, decision, comment: '', fields: {}, ...more },
  });

const told = (world: SimulatedWorld) =>
  world.announcements.map((announcement) =>
    announcement.kind === 'approval.closed'
      ? `closed ${announcement.state}`
      : announcement.kind.split('.')[1],
  );

describe.each([0, 1])('an approval (handed over after %i events)', (continueAfter) => {
  const worldOf = () => {
    const world = new SimulatedWorld();
    world.continueAfter = continueAfter;
    return world;
  };

  it('goes on with who decided what, when and why in each item', async () => {
    const world = worldOf();
    const began = world.clock;
    say(world, 60 * day, 'Ana', 'approved', { comment: 'fine', fields: { limit: 5 } });
    const items = json({ amount: 9 }, { amount: 10 });
    expect(await play(approval({ title: '=Refund of {{ $json.amount }}' }), world, items)).toEqual({
      kind: 'succeeded',
    });
    const [first, second] = outputOf(world, 'Yes') ?? [];
    expect(first).toMatchObject({
      amount: 9,
      approval: {
        decision: 'approved',
        by: 'people',
        comment: 'fine',
        fields: { limit: 5 },
        decisions: [{ approver: 'user:Ana', name: 'Ana', at: new Date(began + 60 * day).toISOString() }],
      },
    });
    expect(second).toMatchObject({ amount: 10, approval: { decision: 'approved' } });
    expect(outputOf(world, 'No')).toBeUndefined();
    expect(told(world)).toEqual(['opened', 'decided', 'closed approved']);
    expect(world.announcements[0]).toMatchObject({
      question: { title: 'Refund of 9', approvers, items: [{ amount: 9 }, { amount: 10 }], needed: 1 },
    });
  });

  it('waits for as many as are needed, each counted once', async () => {
    const world = worldOf();
    say(world, 10, 'Ana', 'approved');
    say(world, 20, 'Ana', 'approved');
    say(world, 30, 'Bo', 'rejected');
    say(world, 40, 'Cid', 'approved');
    await play(approval({ needed: 2, rejections: 2 }), world);
    expect(told(world)).toEqual(['opened', 'decided', 'decided', 'decided', 'closed approved']);
    expect(outputOf(world, 'Yes')?.[0]?.approval).toMatchObject({
      decisions: [{ name: 'Ana' }, { name: 'Bo', decision: 'rejected' }, { name: 'Cid' }],
    });
  });

  it('is rejected by the first who says no, unless more are needed for that', async () => {
    const world = worldOf();
    say(world, 10, 'Ana', 'approved');
    say(world, 20, 'Bo', 'rejected', { comment: 'too much' });
    await play(approval({ needed: 2 }), world);
    expect(outputOf(world, 'No')?.[0]?.approval).toMatchObject({ decision: 'rejected', comment: 'too much' });
  });

  it.each([
    ['timeout', 'Late', 'expired'],
    ['approve', 'Yes', 'approved'],
    ['reject', 'No', 'rejected'],
  ])('at its deadline does what it is told: %s', async (onDeadline, node, state) => {
    const world = worldOf();
    const began = world.clock;
    await play(approval({ limitWait: true, limitAmount: 2, limitUnit: 'days', onDeadline }), world);
    expect(outputOf(world, node)?.[0]?.approval).toMatchObject({ decision: state, by: 'deadline' });
    expect(told(world)).toEqual(['opened', `closed ${state}`]);
    expect(world.clock - began).toBeLessThan(2 * day + 100);
    expect(world.clock - began).toBeGreaterThanOrEqual(2 * day);
  });

  it('reminds until somebody decides, asks others at the deadline, and keeps what was decided before', async () => {
    const world = worldOf();
    say(world, 5 * hour, 'Ana', 'approved');
    say(world, 30 * hour, 'Boss', 'approved');
    const graph = approval({
      ...{ needed: 2, remind: true, remindAmount: 10, remindUnit: 'hours' },
      ...{ limitWait: true, limitAmount: 1, limitUnit: 'days', onDeadline: 'escalate' },
      escalateTo: [{ kind: 'role', who: 'owner' }],
    });
    await play(graph, world);
    expect(told(world)).toEqual([
      ...['opened', 'decided', 'reminded', 'reminded', 'escalated', 'decided', 'closed approved'],
    ]);
    const escalated = world.announcements.find(({ kind }) => kind === 'approval.escalated');
    expect(escalated).toMatchObject({ approvers: [{ kind: 'role', who: 'owner' }] });
  });

  it('gives up when the others do not decide either', async () => {
    const world = worldOf();
    const graph = approval({
      ...{ limitWait: true, limitAmount: 1, limitUnit: 'hours', onDeadline: 'escalate' },
      escalateTo: [{ kind: 'email', who: 'boss@example.com' }],
      afterEscalation: 'reject',
    });
    await play(graph, world);
    expect(told(world)).toEqual(['opened', 'escalated', 'closed rejected']);
    expect(outputOf(world, 'No')).toHaveLength(1);
  });

  it('takes a decision that came before the question', async () => {
    const world = worldOf();
    say(world, 0, 'Ana', 'approved');
    await play(approval({}), world);
    expect(outputOf(world, 'Yes')).toHaveLength(1);
  });

  it('leaves out what is no decision', async () => {
    const world = worldOf();
    world.send(5, { id: 'odd', to: addresses.step('Ask', 0), body: 'yes!' });
    say(world, 10, 'Ana', 'approved');
    await play(approval({}), world);
    expect(told(world)).toEqual(['opened', 'decided', 'closed approved']);
  });

  it('fails with a cause when expressions gave nobody to ask', async () => {
    const graph = approval({ approvers: [{ kind: 'email', who: '={{ $json.none }}' }] });
    expect(await play(graph, worldOf())).toMatchObject({ kind: 'failed', failure: { code: 'no-approvers' } });
  });
});

describe.each([0, 1])('a form page (handed over after %i events)', (continueAfter) => {
  it('is shown with its texts and waits for what is filled in', async () => {
    const world = new SimulatedWorld();
    world.continueAfter = continueAfter;
    world.send(day, { id: '1', to: addresses.step('Page', 0), body: { color: 'red' } });
    const fields = [{ label: 'Favourite color', name: 'color', type: 'select', options: 'red\nblue' }];
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Page', 'form-page', { title: '=Hello {{ $json.name }}', fields }],
        [
          'After',
          'edit-fields',
          { assignments: [{ name: 'who', value: "={{ $('Start').item.json.name }}" }] },
        ],
      ],
      ['Start > Page', 'Page > After'],
    );
    expect(await play(graph, world, json({ name: 'Ana' }))).toEqual({ kind: 'succeeded' });
    expect(outputOf(world, 'After')).toEqual([{ color: 'red', who: 'Ana' }]);
    expect(world.announcements).toMatchObject([
      {
        kind: 'form.opened',
        page: { title: 'Hello Ana', fields: [{ name: 'color', type: 'select', options: ['red', 'blue'] }] },
      },
      { kind: 'form.closed' },
    ]);
  });
});

describe('a resume link', () => {
  it('leads to the next wait on the way, and in a loop to the wait of its round', async () => {
    const world = new SimulatedWorld();
    for (const index of [0, 1])
      world.send(hour * (index + 1), { id: `${index}`, to: addresses.step('Wait', index), body: { index } });
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Loop', 'loop', { batchSize: 1 }],
        ['Mail', 'edit-fields', { assignments: [{ name: 'link', value: '={{ $execution.resumeUrl }}' }] }],
        ['Other', 'no-op'],
        ['Wait', 'wait', { mode: 'webhook' }],
      ],
      ['Start > Loop', 'Loop.loop > Mail', 'Mail > Other', 'Other > Wait', 'Wait > Loop'],
    );
    await play(graph, world, json({ n: 1 }, { n: 2 }));
    expect(outputOf(world, 'Mail', 'main', 0)).toMatchObject([
      { link: 'https://hiviex.test/resumeUrl/run-1/Wait/0' },
    ]);
    expect(outputOf(world, 'Mail', 'main', 1)).toMatchObject([
      { link: 'https://hiviex.test/resumeUrl/run-1/Wait/1' },
    ]);
  });

  it('is nothing where no wait follows', async () => {
    const world = new SimulatedWorld();
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        [
          'Edit',
          'edit-fields',
          { assignments: [{ name: 'link', value: '={{ $execution.resumeFormUrl ?? "none" }}' }] },
        ],
      ],
      ['Start > Edit'],
    );
    await play(graph, world);
    expect(outputOf(world, 'Edit')).toMatchObject([{ link: 'none' }]);
  });
});
