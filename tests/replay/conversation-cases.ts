/**
 * Conversations whose histories are recorded: they report nothing by sinks. Between them they use every way in which one gives
 * Temporal a command, but for continue-as-new (workflows/conversation.test.ts). The sandbox answers.
 */
import { eventually } from '../../api/testing/eventually.ts';
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
];

async function begin({ db, client: temporal, workspace }: RunningEngine, tools: object[] = []) {
  const agent = await publishAgent(db, workspace, 'Recorded', { tools });
  return await beginTalk({ db, temporal }, workspace, agent);
}

async function over({ client }: RunningEngine, workflowId: string) {
  const handle = client.workflow.getHandle(workflowId);
  await handle.result();
  return handle;
}
