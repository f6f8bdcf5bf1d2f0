import type { Language } from '../../contracts/text.ts';
import { text } from '../../contracts/text.ts';
import { type MailMessage, renderMail } from '../../outbound/mail/index.ts';

/** @param url with the token, which is nowhere else @param language of who invites: theirs whom they invite is not known */
export function invitationMail({
  to,
  workspace,
  inviter,
  url,
  days,
  language,
}: {
  to: string;
  workspace: string;
  inviter: string;
  url: string;
  days: number;
  language: Language;
}): MailMessage {
  const title = text(`Join ${workspace} on Hiviex`, `Entre em ${workspace} no Hiviex`)[language];
  const lines = [
    text(
      `${inviter} invites you to the workspace ${workspace}.`,
      `${inviter} convida você para o workspace ${workspace}.`,
    ),
    text(
      `The link works once, for this address, for ${days} ${days === 1 ? 'day' : 'days'}.`,
      `O link funciona uma vez, para este endereço, por ${days} ${days === 1 ? 'dia' : 'dias'}.`,
    ),
    text(
      'If you expected no invitation, ignore this mail: nothing happens.',
      'Se você não esperava um convite, ignore este e-mail: nada acontece.',
    ),
  ].map((line) => line[language]);
  const action = { label: text('See the invitation', 'Ver o convite')[language], url };
  return { to, subject: title, ...renderMail({ language, title, lines, action }) };
}
