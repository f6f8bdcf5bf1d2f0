/** Notifications in the app of an approval: for each member who is asked, until it is decided. */
import type { WaitingStep } from '../../contracts/announcement.ts';
import { approvalIdOf, threadOf } from '../../db/index.ts';
import { tellNotified } from '../../runs/tell-notified.ts';
import type { AnnouncementDeps } from './announcement-deps.ts';
import type { AskedPerson } from './find-approvers.ts';

type Deps = Pick<AnnouncementDeps, 'db' | 'bus'>;

/** Nobody is told twice of the same approval. Who reads the conversation in which an agent asks is led there, the others to the list. */
export async function notifyApprovers(
  { db, bus }: Deps,
  step: WaitingStep,
  title: string,
  people: readonly AskedPerson[],
): Promise<void> {
  const { workspace } = step;
  const members = people.flatMap(({ keys }) => keys.filter((key) => key.startsWith('user:')));
  if (members.length === 0) return;
  const approval = approvalIdOf(step);
  const told = await db.inWorkspace(workspace, async ({ agentRuns, chat }) => {
    const conversation = step.asker === 'agent' ? (await agentRuns.get(step.run))?.conversation : undefined;
    const about = conversation === undefined ? undefined : await chat.conversations.ownerOf(conversation);
    const sees = (person: string) => about?.visibility === 'workspace' || about?.owner === person;
    const tell = (whom: readonly string[], place: { conversation?: string }) =>
      chat.notifications.tell(whom, {
        key: `approval:${approval}`,
        thread: threadOf('approval', approval),
        about: { kind: 'approval', approval, title, ...place },
      });
    return [
      ...(await tell(members.filter(sees), conversation === undefined ? {} : { conversation })),
      ...(await tell(
        members.filter((person) => !sees(person)),
        {},
      )),
    ];
  });
  tellNotified({ bus }, workspace, told);
}

/** It needs nothing more of them. @param person left out: of anybody */
export async function settleApproval(
  { db, bus }: Deps,
  { workspace, ...step }: WaitingStep,
  person?: string,
): Promise<void> {
  const settled = await db.inWorkspace(workspace, ({ chat }) =>
    chat.notifications.settle(threadOf('approval', approvalIdOf(step)), person),
  );
  tellNotified({ bus }, workspace, settled);
}
