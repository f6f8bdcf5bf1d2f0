/** Makes an automation (blank, from an example, or a copy) and opens it in the editor. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { GraphInput } from '../../../../contracts/graph.ts';
import { automationKeys, createAutomationRequest } from '../../api/automations.ts';
import { notifyError } from '../../components/error-notice.tsx';
import { automationsText } from '../../i18n/automations.ts';
import { t } from '../../i18n/language.ts';
import { randomId } from '../../lib/random-id.ts';
import { blankGraph } from './examples.ts';

export interface NewAutomation {
  name?: string;
  description?: string;
  draft?: GraphInput;
}

export function useCreateAutomation() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ name = t(automationsText.untitled), description, draft = blankGraph }: NewAutomation) =>
      createAutomationRequest({ name, description, draft: withOwnPaths(draft) }),
    onSuccess: async (created) => {
      await client.invalidateQueries({ queryKey: automationKeys.all });
      await navigate(`/automations/${created.id}`);
    },
    onError: notifyError,
  });
}

/** A copied webhook gets a path of its own: two automations can't answer at one address. */
function withOwnPaths(draft: GraphInput): GraphInput {
  return {
    ...draft,
    nodes: (draft.nodes ?? []).map((node) => {
      const path = node.type === 'webhook-trigger' ? node.parameters?.path : undefined;
      if (typeof path !== 'string') return node;
      const own = `${path.replace(/-[0-9a-f]{6}$/, '')}-${randomId().slice(0, 6)}`;
      return { ...node, parameters: { ...node.parameters, path: own } };
    }),
  };
}
