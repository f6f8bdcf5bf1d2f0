/**
 * The first agent of somebody who wants to see one: it announces things to the team by an automation, and asks before it does. The
 * sandbox plays along: whoever says "announce" sees the call, the approval and the result.
 */
import type { Request } from 'express';
import { agentDefinition } from '../../contracts/agents/agent.ts';
import { editFields } from '../../contracts/catalogue/edit-fields.ts';
import { subAutomationTrigger } from '../../contracts/catalogue/sub-automation-trigger.ts';
import { graph } from '../../contracts/graph.ts';
import { type Language, text } from '../../contracts/text.ts';
import type { StoredAgent } from '../../db/index.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { languageOf } from '../problems.ts';
import { publishGraph } from '../publishing/publish-graph.ts';

const words = {
  agent: text('Helper (example)', 'Assistente (exemplo)'),
  about: text(
    'Answers, and announces things to the team once you approve.',
    'Responde, e anuncia coisas à equipe depois que você aprova.',
  ),
  automation: text('Announce (example)', 'Anunciar (exemplo)'),
  aboutAutomation: text(
    'A tool of the example agent. It announces nowhere yet: put a step behind it that sends a mail or calls a chat service.',
    'Uma ferramenta do agente de exemplo. Ainda não anuncia em lugar nenhum: coloque depois um passo que envie e-mail ou chame um serviço de chat.',
  ),
  trigger: text('When called', 'Quando chamada'),
  step: text('Announce', 'Anunciar'),
  tool: text(
    'Announces a message to the whole team. Use it when the user asks to announce or tell the team something.',
    'Anuncia uma mensagem a toda a equipe. Use quando o usuário pedir para anunciar ou avisar algo à equipe.',
  ),
  instructions: text(
    'You are a friendly helper of {{team}}. Answer briefly. When somebody asks you to announce something, use the tool "announce", and tell what came of it.',
    'Você é um assistente simpático de {{team}}. Responda em poucas palavras. Quando pedirem para anunciar algo, use a ferramenta "announce" e conte o que aconteceu.',
  ),
  team: text('the team', 'a equipe'),
  starter: text('Announce: lunch is at 12:30 today', 'Use announce: o almoço é às 12h30 hoje'),
  question: text('What are you?', 'O que você é?'),
};

export async function createExampleAgent(
  deps: ApiDeps,
  principal: WorkspacePrincipal,
  request: Request,
): Promise<StoredAgent> {
  const { workspace, user } = principal;
  const language: Language = languageOf(request.headers['accept-language']);
  const say = (key: keyof typeof words) => words[key][language];
  const draft = graph.parse({
    nodes: [
      {
        ...{ id: 'called', name: say('trigger'), type: subAutomationTrigger.type },
        position: { x: 0, y: 0 },
        parameters: { fields: [{ name: 'message', type: 'text', required: true }] },
      },
      {
        ...{ id: 'announce', name: say('step'), type: editFields.type },
        position: { x: 260, y: 0 },
        parameters: { assignments: [{ name: 'announced', type: 'boolean', value: true }] },
      },
    ],
    edges: [{ source: 'called', target: 'announce' }],
  });
  const automation = await deps.db.inWorkspace(workspace, ({ automations }) =>
    automations.create({ name: say('automation'), description: say('aboutAutomation'), draft }),
  );
  await publishGraph(deps, { principal, request, automation, graph: draft });
  const definition = agentDefinition.parse({
    instructions: say('instructions'),
    variables: [{ name: 'team', value: say('team') }],
    tools: [
      {
        ...{ kind: 'automation', name: 'announce', automation: automation.id, approval: 'ask' },
        description: say('tool'),
      },
    ],
    starters: [say('starter'), say('question')],
  });
  return await deps.db.inWorkspace(workspace, async ({ agents }) => {
    const { id } = await agents.create({
      ...{ name: say('agent'), description: say('about'), visibility: 'workspace' },
      ...{ draft: definition, by: user },
    });
    await agents.publish(id, { definition, by: user });
    return (await agents.get(id))!;
  });
}
