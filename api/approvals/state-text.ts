import type { ApprovalState } from '../../contracts/approvals.ts';
import { type Text, text } from '../../contracts/text.ts';

export const stateText: Record<ApprovalState, Text> = {
  open: text('open', 'em aberto'),
  approved: text('approved', 'aprovado'),
  rejected: text('rejected', 'rejeitado'),
  expired: text('its time ran out', 'o prazo acabou'),
  cancelled: text('cancelled', 'cancelado'),
};
