/** Which form is at an address: of what is published, or of the draft that somebody tests. */
import { formTrigger } from '../../contracts/catalogue/form-trigger.ts';
import type { PublishedStart } from '../../runs/start-published.ts';
import { startPublished } from '../../runs/start-published.ts';
import { createVersionGraphs } from '../../runs/version-graphs.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import { startTest, testedTrigger } from '../runs/start-test.ts';
import type { FormParameters } from './form-page.ts';

export interface FoundForm {
  workspace: string;
  /** Its id. */
  automation: string;
  /** The trigger node. */
  node: string;
  parameters: FormParameters;
  /** The run that it starts, where that is settled before it is sent. */
  run?: string | undefined;
  /** @returns whether it was started before @throws ApiProblem when there is no such form any more */
  start(options: { items: Filled; run: string; answer: PublishedStart['answer'] }): Promise<boolean>;
}

type Filled = [PublishedStart['items'][number]];

export interface FormSource {
  /** @throws ApiProblem when there is no form */
  at(path: string): Promise<FoundForm>;
}

export function publishedForms(deps: ApiDeps): FormSource {
  const graphs = createVersionGraphs(deps.db);
  return {
    async at(path) {
      const listener = await deps.db.asSystem(({ subscriptions }) => subscriptions.find('form', path));
      const graph = listener && (await graphs.get(listener.version.id, listener.workspace));
      const parameters = formTrigger.parameters.safeParse(
        graph?.nodes.get(listener?.node ?? '')?.parameters,
      ).data;
      if (!listener || !parameters) throw new ApiProblem('form-not-found');
      const { workspace, automation, node } = listener;
      return {
        ...{ workspace, automation: automation.id, node, parameters },
        async start(options) {
          const started = await startPublished(deps, graphs, listener, { kind: 'form', ...options });
          if (!started) throw new ApiProblem('form-not-found');
          return started.replayed;
        },
      };
    },
  };
}

export function testedForms(deps: ApiDeps): FormSource {
  return {
    async at(path) {
      const address = { kind: 'form', method: '', path } as const;
      const gone = () => new ApiProblem('not-listening', { method: 'POST', path: `/forms/test/${path}` });
      const listener = await deps.db.asSystem(({ testListeners }) => testListeners.find(address));
      const tested = listener && (await testedTrigger(deps, listener));
      const parameters = formTrigger.parameters.safeParse(tested?.node.parameters).data;
      if (!tested || !parameters) throw gone();
      const { workspace, automation, node, run } = tested.listener;
      return {
        ...{ workspace, automation, node, run, parameters },
        async start({ items: [item], answer }) {
          const started = await startTest(deps, tested, { item, answer });
          if (!started) throw gone();
          return started.replayed;
        },
      };
    },
  };
}
