/**
 * Writes down what a run tells people of its waits, and sends the mails. A projection: the run itself counts votes and keeps deadlines,
 * so whatever is written here twice, or late, changes nothing of what happens.
 */
import type { Announcement } from '../../contracts/announcement.ts';
import { approvalIdOf } from '../../db/index.ts';
import { stepFailed } from '../step-failed.ts';
import type { AnnouncementDeps } from './announcement-deps.ts';
import { awaitEvent } from './await-event.ts';
import { findApprovers } from './find-approvers.ts';
import { mailApprovers } from './mail-approvers.ts';
import { needsDatabase } from './needs-database.ts';
import { notifyApprovers, settleApproval } from './notify-approvers.ts';

export type Announce = (announcement: Announcement) => Promise<void>;

export function createAnnounce(deps: AnnouncementDeps | undefined): Announce {
  return async (announcement) => {
    if (!deps) throw needsDatabase();
    await write(announcement, deps);
    const { step, kind } = announcement;
    if (!kind.startsWith('approval.')) return;
    deps.bus.publish({
      kind: 'approval.changed',
      workspace: step.workspace,
      automation: step.automation.id,
      approval: approvalIdOf(step),
    });
  };
}

async function write(announcement: Announcement, deps: AnnouncementDeps): Promise<void> {
  const { step, at } = announcement;
  const { workspace } = step;
  const { db } = deps;
  const id = approvalIdOf(step);
  switch (announcement.kind) {
    case 'approval.opened': {
      const { question } = announcement;
      const found = await findApprovers(db, workspace, question.approvers);
      if (found.keys.length === 0) throw nobody(question.approvers.map(({ who }) => who));
      await db.inWorkspace(workspace, ({ approvals }) => approvals.open(step, question, found.keys, at));
      await notifyApprovers(deps, step, question.title, found.people);
      if (question.mail) await mailApprovers('opened', id, step, found.people, deps);
      return;
    }
    case 'approval.reminded': {
      const { times } = announcement;
      await db.inWorkspace(workspace, ({ approvals }) => approvals.remind(id, times, at));
      const approval = await db.inWorkspace(workspace, ({ approvals }) => approvals.get(id));
      if (approval?.state !== 'open') return;
      const { people } = await findApprovers(db, workspace, approval.question.approvers);
      const decided = new Set(approval.decisions.map(({ approver }) => approver));
      const left = people.filter(({ keys }) => !keys.some((key) => decided.has(key)));
      await mailApprovers(`reminded:${times}`, id, step, left, deps);
      return;
    }
    case 'approval.escalated': {
      const { approvers, due } = announcement;
      const { keys, people } = await findApprovers(db, workspace, approvers);
      await db.inWorkspace(workspace, (repositories) =>
        repositories.approvals.escalate(id, { approvers, keys, due }, at),
      );
      const approval = await db.inWorkspace(workspace, ({ approvals }) => approvals.get(id));
      if (approval?.state === 'open') await notifyApprovers(deps, step, approval.question.title, people);
      await mailApprovers('escalated', id, step, people, deps);
      return;
    }
    case 'approval.decided': {
      const { decision } = announcement;
      await db.inWorkspace(workspace, ({ approvals }) => approvals.decide(id, decision, at));
      return await settleApproval(deps, step, decision.approver);
    }
    case 'approval.closed':
      await db.inWorkspace(workspace, ({ approvals }) => approvals.close(id, announcement.state, at));
      return await settleApproval(deps, step);
    case 'form.opened':
      return await db.inWorkspace(workspace, ({ formPages }) => formPages.open(step, announcement.page, at));
    case 'event.awaited':
      return await awaitEvent(deps, announcement);
    case 'event.over':
      return await db.inWorkspace(workspace, ({ eventWaiters }) => eventWaiters.remove(step));
    case 'form.closed':
      return await db.inWorkspace(workspace, ({ formPages }) => formPages.close(step, at));
  }
}

function nobody(names: readonly string[]) {
  return stepFailed(
    'no-approvers',
    `None of the approvers is in this workspace: ${names.join(', ')}.`,
    'Correct the names of members, roles and groups in the node, or use e-mail addresses.',
  );
}
