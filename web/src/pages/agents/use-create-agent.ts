/** Makes an agent (blank, an example, or a copy) and opens it in the editor. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Agent } from '../../../../contracts/api/agents.ts';
import { agentKeys, createAgentRequest, createExampleAgent } from '../../api/agents.ts';
import { notifyError } from '../../components/error-notice.tsx';
import { agentsText } from '../../i18n/agents.ts';
import { t } from '../../i18n/language.ts';

export type NewAgent =
  | { kind: 'blank' }
  | { kind: 'example' }
  | { kind: 'copy'; of: Pick<Agent, 'name' | 'description' | 'draft'> };

export function useCreateAgent() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (wish: NewAgent) => create(wish),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: agentKeys.all });
      await navigate(`/agents/${id}`);
    },
    onError: notifyError,
  });
}

function create(wish: NewAgent): Promise<Agent> {
  switch (wish.kind) {
    case 'blank':
      return createAgentRequest({ name: t(agentsText.untitled) });
    case 'example':
      return createExampleAgent();
    case 'copy': {
      const { name, description, draft } = wish.of;
      return createAgentRequest({ name: t(agentsText.copyOf, { name }), description, draft });
    }
  }
}
