/** What would keep an agent from working as it is meant to. Shown beside its draft, which is saved all the same; errors keep it from being published. */
import type { AgentDefinition } from '../../contracts/agents/agent.ts';
import { variablesIn } from '../../contracts/agents/instructions.ts';
import type { Tool } from '../../contracts/agents/tool.ts';
import type { AgentProblem } from '../../contracts/api/agents.ts';
import { schemaProblem } from '../../contracts/json-schema/schema-problem.ts';
import { usableTools } from '../../contracts/mcp/tool-review.ts';
import { type Text, text } from '../../contracts/text.ts';
import type { Repositories } from '../../db/index.ts';
import { problemsOfStarts } from './problems-of-starts.ts';

type Looked = Pick<
  Repositories,
  'automations' | 'agents' | 'subscriptions' | 'credentials' | 'mcpServers' | 'knowledge'
>;

/** @param self id of the agent, which can't be a tool of its own */
export async function problemsOf(
  definition: AgentDefinition,
  self: string,
  repositories: Looked,
): Promise<AgentProblem[]> {
  const problems: AgentProblem[] = [];
  const add = (severity: AgentProblem['severity'], code: string, field: string, message: Text) =>
    problems.push({ severity, code, field, message });
  if (definition.instructions.trim() === '')
    add('warning', 'no-instructions', 'instructions', noInstructions);
  const given = new Set(definition.variables.map(({ name }) => name));
  for (const name of variablesIn(definition.instructions))
    if (!given.has(name)) add('error', 'unknown-variable', 'instructions', unknownVariable(name));
  for (const [position, tool] of definition.tools.entries()) {
    const field = `tools.${position}`;
    const unreadable = tool.kind === 'code' && schemaProblem(tool.parameters);
    if (unreadable) add('error', 'schema-unreadable', `${field}.parameters`, unreadable);
    for (const [at, { who }] of tool.approvers.entries())
      if (who.trim() === '')
        add('error', 'approver-missing', `${field}.approvers.${at}.who`, nobody(tool.name));
    if (tool.description.trim() === '' && !describedElsewhere.includes(tool.kind))
      add('warning', 'tool-undescribed', `${field}.description`, undescribed(tool.name));
    const found = await wrongWith(tool, self, repositories);
    if (found) add('error', found.code, `${field}.${found.field}`, found.message);
  }
  const unreadable = definition.output && schemaProblem(definition.output);
  if (unreadable) add('error', 'schema-unreadable', 'output', unreadable);
  return [...problems, ...problemsOfStarts(definition, self)];
}

async function wrongWith(
  tool: Tool,
  self: string,
  { automations, agents, subscriptions, credentials, mcpServers, knowledge }: Looked,
): Promise<{ code: string; field: string; message: Text } | undefined> {
  const { name } = tool;
  if (tool.kind === 'automation') {
    const field = 'automation';
    if (tool.automation === '') return { code: 'tool-unset', field, message: chooseAutomation(name) };
    const found = await automations.get(tool.automation);
    if (!found) return { code: 'tool-target-missing', field, message: missing(name) };
    const callable = (await subscriptions.ofAutomation(found.id)).some(
      ({ kind }) => kind === 'sub-automation',
    );
    return callable
      ? undefined
      : { code: 'automation-not-callable', field, message: notCallable(name, found.name) };
  }
  if (tool.kind === 'agent') {
    const field = 'agent';
    if (tool.agent === '') return { code: 'tool-unset', field, message: chooseAgent(name) };
    if (tool.agent === self) return { code: 'agent-calls-itself', field, message: callsItself(name) };
    const found = await agents.get(tool.agent);
    if (!found) return { code: 'tool-target-missing', field, message: missing(name) };
    return found.publishedVersion === undefined
      ? { code: 'agent-not-published', field, message: agentUnpublished(name, found.name) }
      : undefined;
  }
  if (tool.kind === 'mcp') {
    if (tool.server === '') return { code: 'tool-unset', field: 'server', message: chooseServer(name) };
    const found = await mcpServers.get(tool.server);
    if (!found) return { code: 'tool-target-missing', field: 'server', message: missing(name) };
    const usable = usableTools(found.listed, found.approved).some(
      (each) => tool.tool === '' || each.name === tool.tool,
    );
    return usable
      ? undefined
      : { code: 'mcp-tool-not-approved', field: 'tool', message: notApproved(name, found.name) };
  }
  if (tool.kind === 'knowledge') {
    const field = 'bases';
    if (tool.bases.length === 0) return { code: 'tool-unset', field, message: chooseBase(name) };
    const found = await Promise.all(tool.bases.map((id) => knowledge.bases.settings(id)));
    return found.includes(undefined)
      ? { code: 'tool-target-missing', field, message: missing(name) }
      : undefined;
  }
  if (tool.kind === 'http' && tool.credential !== '' && !(await credentials.get(tool.credential)))
    return { code: 'tool-target-missing', field: 'credential', message: missing(name) };
  return undefined;
}

/** What they lead to has a description. */
const describedElsewhere: readonly Tool['kind'][] = ['agent', 'automation', 'mcp', 'knowledge'];

const chooseServer = (name: string) =>
  text(`Choose the MCP server of the tool "${name}".`, `Escolha o servidor MCP da ferramenta "${name}".`);
const notApproved = (name: string, server: string) =>
  text(
    `Nothing that the tool "${name}" stands for is approved of "${server}". Approve it under Settings → MCP servers.`,
    `Nada do que a ferramenta "${name}" representa está aprovado em "${server}". Aprove em Configurações → Servidores MCP.`,
  );
const noInstructions = text(
  'The agent has no instructions: write who it is and how it works.',
  'O agente não tem instruções: escreva quem ele é e como trabalha.',
);
const nobody = (name: string) =>
  text(
    `The tool "${name}" asks somebody who is not named.`,
    `A ferramenta "${name}" consulta alguém que não foi indicado.`,
  );
const unknownVariable = (name: string) =>
  text(
    `The instructions name {{${name}}}, and there is no such variable.`,
    `As instruções citam {{${name}}}, e não há essa variável.`,
  );
const undescribed = (name: string) =>
  text(
    `The tool "${name}" has no description: the model does not know when to use it.`,
    `A ferramenta "${name}" não tem descrição: o modelo não sabe quando usá-la.`,
  );
const chooseAutomation = (name: string) =>
  text(
    `Choose the automation that the tool "${name}" starts.`,
    `Escolha a automação que a ferramenta "${name}" inicia.`,
  );
const chooseBase = (name: string) =>
  text(
    `Choose the knowledge base that the tool "${name}" searches.`,
    `Escolha a base de conhecimento em que a ferramenta "${name}" pesquisa.`,
  );
const chooseAgent = (name: string) =>
  text(
    `Choose the agent that the tool "${name}" asks.`,
    `Escolha o agente que a ferramenta "${name}" consulta.`,
  );
const missing = (name: string) =>
  text(
    `What the tool "${name}" uses is not in this workspace any more. Choose another one.`,
    `O que a ferramenta "${name}" usa não está mais neste workspace. Escolha outro.`,
  );
const notCallable = (name: string, automation: string) =>
  text(
    `The tool "${name}" can't call "${automation}": publish it with the trigger “When called”.`,
    `A ferramenta "${name}" não pode chamar "${automation}": publique-a com o gatilho “Quando chamada”.`,
  );
const callsItself = (name: string) =>
  text(
    `The tool "${name}" is the agent itself. Choose another one.`,
    `A ferramenta "${name}" é o próprio agente. Escolha outro.`,
  );
const agentUnpublished = (name: string, agent: string) =>
  text(
    `The tool "${name}" can't call "${agent}": it is not published.`,
    `A ferramenta "${name}" não pode chamar "${agent}": ele não está publicado.`,
  );
