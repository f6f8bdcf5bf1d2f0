import type { ApprovalState } from '../../../contracts/approvals.ts';
import { type Text, text } from '../../../contracts/text.ts';

export const approvalsText = {
  title: text('Approvals', 'Aprovações'),
  description: text('What runs ask people to decide.', 'O que as execuções pedem que pessoas decidam.'),
  mine: text('Asked of me', 'Pedidas a mim'),
  all: text('All', 'Todas'),
  open: text('Open', 'Em aberto'),
  done: text('Done', 'Encerradas'),
  whose: text('Whose', 'De quem'),
  state: text('State', 'Estado'),
  question: text('Question', 'Pergunta'),
  votes: text('Votes', 'Votos'),
  opened: text('Asked', 'Pedida'),
  due: text('Due', 'Prazo'),
  emptyTitle: text('Nothing to decide', 'Nada a decidir'),
  emptyText: text(
    'When a run reaches an Approval node that names you, your role or your group, it shows up here, and in your mail.',
    'Quando uma execução chega a um nó Aprovação que cita você, seu papel ou seu grupo, ela aparece aqui e no seu e-mail.',
  ),
  emptyDone: text('Nothing decided yet', 'Nada decidido ainda'),
  emptyDoneText: text(
    'Decisions stay here, with who decided what and why.',
    'As decisões ficam aqui, com quem decidiu o quê e por quê.',
  ),
  run: text('Open the run', 'Abrir a execução'),
  about: text('What it is about', 'Do que se trata'),
  noItems: text('The node shows no items.', 'O nó não mostra itens.'),
  decide: text('Your decision', 'Sua decisão'),
  approve: text('Approve', 'Aprovar'),
  reject: text('Reject', 'Rejeitar'),
  comment: text('Comment', 'Comentário'),
  decisions: text('Decisions', 'Decisões'),
  nobodyYet: text('Nobody has decided yet.', 'Ninguém decidiu ainda.'),
  needs: text('{approvals} of {needed} approvals', '{approvals} de {needed} aprovações'),
  asked: text('Asked', 'A quem foi pedido'),
  escalated: text(
    'Nobody decided in time: others were asked as well.',
    'Ninguém decidiu a tempo: foi pedido também a outros.',
  ),
  notReached: text('No mail reached: {addresses}', 'Nenhum e-mail chegou a: {addresses}'),
  sent: text('Your decision has arrived.', 'Sua decisão chegou.'),
  notYours: text('Others are asked to decide this.', 'A decisão foi pedida a outros.'),
  youDecided: text('You decided: {decision}.', 'Você decidiu: {decision}.'),
  waitsFor: text('Waits for a decision:', 'Espera por uma decisão:'),
  member: text('Member', 'Membro'),
  role: text('Role', 'Papel'),
  group: text('Group', 'Grupo'),
  email: text('Mail', 'E-mail'),
};

export const approvalStateText: Record<ApprovalState, Text> = {
  open: text('Open', 'Em aberto'),
  approved: text('Approved', 'Aprovada'),
  rejected: text('Rejected', 'Rejeitada'),
  expired: text('Timed out', 'Prazo esgotado'),
  cancelled: text('Cancelled', 'Cancelada'),
};
