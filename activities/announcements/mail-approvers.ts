/** Writes to those who are asked. Who was written to is kept, so that an activity that runs again writes to nobody twice. */
import { Context } from '@temporalio/activity';
import type { WaitingStep } from '../../contracts/announcement.ts';
import { type Text, text } from '../../contracts/text.ts';
import { MailNotSent, renderMail } from '../../outbound/mail/index.ts';
import { publicLink } from '../../runs/links/public-links.ts';
import type { AnnouncementDeps } from './announcement-deps.ts';
import type { AskedPerson } from './find-approvers.ts';

/** Times that a mail server which is away is asked again; the run does not wait for it for ever. */
const mostAttempts = 5;

/** Nobody knows what language an approver reads, so the mail has both. */
const both = ({ en, pt }: Text) => `${en} / ${pt}`;

const lines: Record<'opened' | 'reminded' | 'escalated', Text> = {
  opened: text('Your decision is needed.', 'Precisamos da sua decisão.'),
  reminded: text(
    'A reminder: your decision is still needed.',
    'Um lembrete: ainda precisamos da sua decisão.',
  ),
  escalated: text(
    'Nobody has decided in time, so you are asked as well.',
    'Ninguém decidiu a tempo, por isso pedimos também a você.',
  ),
};

/** @param about `opened`, `escalated` or `reminded:<times>` */
export async function mailApprovers(
  about: string,
  id: string,
  step: WaitingStep,
  people: readonly AskedPerson[],
  deps: AnnouncementDeps,
): Promise<void> {
  const { db, log } = deps;
  const approval = await db.inWorkspace(step.workspace, ({ approvals }) => approvals.get(id));
  if (approval?.state !== 'open') return;
  const sent = new Set(approval.mails.map(({ key }) => key));
  for (const person of people) {
    const key = `${about} ${person.email.toLowerCase()}`;
    if (sent.has(key)) continue;
    const failed = await send(about, approval.question.title, person, step, id, deps).then(
      () => false,
      (error: unknown) => {
        const canWait = !(error instanceof MailNotSent) || error.retryable;
        if (canWait && Context.current().info.attempt < mostAttempts) throw error;
        log.warn({ err: error, approval: id }, 'a mail to an approver could not be sent');
        return true;
      },
    );
    const mail = { key, to: person.email, ...(failed && { failed: true as const }) };
    await db.inWorkspace(step.workspace, ({ approvals }) => approvals.addMail(id, mail));
  }
}

async function send(
  about: string,
  title: string,
  { email, member }: AskedPerson,
  step: WaitingStep,
  id: string,
  deps: AnnouncementDeps,
): Promise<void> {
  const url = member
    ? `${deps.publicUrl}/approvals/${id}`
    : await publicLink(deps, 'approve', { ...step, automation: step.automation.id, who: email });
  const kind = about.split(':')[0] as keyof typeof lines;
  const subject = about.startsWith('reminded') ? `${both(text('Reminder', 'Lembrete'))}: ${title}` : title;
  const body = renderMail({
    language: 'en',
    title,
    lines: [
      both(lines[kind]),
      `${both(text('Automation', 'Automação'))}: ${step.automation.name}`,
      both(
        text(
          'Opening the link decides nothing: you see what it is about first.',
          'Abrir o link não decide nada: antes você vê do que se trata.',
        ),
      ),
    ],
    action: { label: both(text('See and decide', 'Ver e decidir')), url },
  });
  await deps.mailer.send({ to: email, subject, ...body });
}
