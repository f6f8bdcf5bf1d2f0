import { expect, it } from '@jest/globals';
import type { WaitingStep } from '../../contracts/announcement.ts';
import type { ApprovalQuestion } from '../../contracts/approvals.ts';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace } from '../testing/fixtures.ts';
import { approvalIdOf } from './approvals.ts';

const question: ApprovalQuestion = {
  ...{ title: 'Refund', text: '', fields: [], approvers: [], needed: 1, rejections: 1 },
  ...{ comment: 'optional', mail: false },
  items: [{ customer: 'Ana', total: 9, a: { zebra: 1, b: [{ two: 2, one: 1 }] } }],
};

describeDatabases('Approvals', (database) => {
  it('keep the fields of their items in the order in which they came', async () => {
    const workspace = await createWorkspace(database());
    const step: WaitingStep = {
      ...{ workspace, run: 'run-1', node: 'ask', nodeName: 'Ask', index: 0 },
      automation: { id: 'a', name: 'Refunds' },
    };
    const found = await database().inWorkspace(workspace, async ({ approvals }) => {
      await approvals.open(step, question, [], Date.now());
      return approvals.get(approvalIdOf(step));
    });
    expect(JSON.stringify(found?.question.items)).toBe(JSON.stringify(question.items));
  });
});
