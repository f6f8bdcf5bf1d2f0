/** Who may do what in a workspace. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const workspaceProblems = {
  forbidden: {
    status: 403,
    title: text('You may not do this.', 'Você não pode fazer isto.'),
    next: text('Ask an owner of the workspace.', 'Peça a um dono do workspace.'),
  },
  'no-workspace': {
    status: 403,
    title: text('You are in no workspace.', 'Você não está em nenhum workspace.'),
    next: text('Create one, or ask for an invitation.', 'Crie um, ou peça um convite.'),
  },
  'invitation-invalid': {
    status: 410,
    title: text('This invitation is not valid.', 'Este convite não é válido.'),
    next: text(
      'It was used, revoked or has expired: ask for a new one.',
      'Ele foi usado, revogado ou expirou: peça um novo.',
    ),
  },
  'invitation-for-another': {
    status: 403,
    title: text(
      'This invitation is for another e-mail address.',
      'Este convite é para outro endereço de e-mail.',
    ),
    next: text(
      'Use it with the address it was sent to, verified.',
      'Use-o com o endereço para o qual foi enviado, verificado.',
    ),
  },
  'already-member': {
    status: 409,
    title: text('Already a member of this workspace.', 'Já é membro deste workspace.'),
    next: text('No invitation is needed.', 'Não é preciso convite.'),
  },
  'last-owner': {
    status: 409,
    title: text('A workspace needs an owner.', 'Um workspace precisa de um dono.'),
    next: text(
      'Transfer it to another member first, or delete it.',
      'Transfira-o antes para outro membro, ou exclua-o.',
    ),
  },
  'group-name-taken': {
    status: 409,
    title: text('There is a group with this name.', 'Já existe um grupo com este nome.'),
    next: text('Choose another name.', 'Escolha outro nome.'),
  },
} as const satisfies Record<string, ProblemKind>;
