import type { QueuedFor } from '../../../../contracts/run.ts';
import { flowText } from '../../i18n/flow.ts';
import { useT } from '../../i18n/language.ts';

/** Why a queued run waits, as a sentence; without a reason it waits for a worker. */
export function useQueueReason(): (queuedFor: QueuedFor | undefined) => string {
  const t = useT();
  return (queuedFor) => {
    if (!queuedFor) return t(flowText.waitsWorker);
    const { scope, limit, key = '' } = queuedFor;
    const says = { workspace: 'waitsWorkspace', automation: 'waitsAutomation', key: 'waitsKey' } as const;
    return t(flowText[says[scope]], { limit, value: key });
  };
}
