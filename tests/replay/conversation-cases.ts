/**
 * Conversations whose histories are recorded: they report nothing by sinks. Between them they use every way in which one gives
 * Temporal a command, but for continue-as-new (workflows/conversation.test.ts). The sandbox answers.
 */
import { eventually } from '../../api/testing/eventually.ts';
import { agentWorkflowIdOf } from '../../contracts/agents/run.ts';
import { publishAgent } from '../support/publish-agent.ts';
import { beginTalk } from '../support/talk.ts';
import type { GateCase } from './gate-cases.ts';
import type { RunningEngine } from './running-engine.ts';

export const conversationCases: GateCase[] = [
  {
    // One after the other, with a title beside the second; one that is sent again.
    name: 'conversation',
    async record(engine) {
      const talk = await begin(engine);
      const { answer } = await talk.ask('Hello');
      const { answer: next } = await talk.ask('And you?');
      await talk.send(answer);
      await talk.ended(next);
      return await over(engine, talk.workflowId);
    },
  },
  {
    // What waits is withdrawn, what is given is stopped, for a message that interrupts; then that one is stopped.
    name: 'conversation-stopped',
    async record(engine) {
      const talk = await begin(engine, [{ kind: 'ask-human', name: 'ask' }]);
      const waiting = (answer: string) =>
        eventually(
          () => talk.read(answer),
          ({ state }) => state === 'waiting',
        );
      await waiting((await talk.ask('ask them')).answer);
      await talk.ask('hello');
      await waiting((await talk.ask('ask them again', 'interrupt')).answer);
      await talk.stop();
      return await over(engine, talk.workflowId);
    },
  },
  {
    // Answers begin and end by local activities (`answers-locally`); recorded without it above.
    name: 'conversation-locally',
    async record(engine) {
      const talk = await begin(engine);
      await talk.ended((await talk.ask('Hello')).answer);
      return await over(engine, talk.workflowId);
    },
  },
  {
    // The run that gives such an answer: loaded when it starts, ended locally (`end-agent-run-locally`).
    name: 'agent-loaded',
    async record(engine) {
      const { workspace } = engine;
      const agent = await recorded(engine);
      const talk = await beginTalk({ db: engine.db, temporal: engine.client }, workspace, agent);
      const { answer } = await talk.ask('Hello');
      await talk.ended(answer);
      return await over(engine, agentWorkflowIdOf({ workspace, agent, run: answer }));
    },
  },
];

function recorded({ db, workspace }: RunningEngine, tools: object[] = []): Promise<string> {
  return publishAgent(db, workspace, 'Recorded', { tools });
}

async function begin(engine: RunningEngine, tools: object[] = []) {
  const { db, client: temporal, workspace } = engine;
  return await beginTalk({ db, temporal }, workspace, await recorded(engine, tools));
}

async function over({ client }: RunningEngine, workflowId: string) {
  const handle = client.workflow.getHandle(workflowId);
  await handle.result();
  return handle;
}
