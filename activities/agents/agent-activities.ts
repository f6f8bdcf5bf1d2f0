import { needsDatabase } from '../announcements/needs-database.ts';
import type { AgentDeps } from './agent-deps.ts';
import { type AgentNews, createAgentNews } from './agent-news.ts';
import { type CallModel, createCallModel } from './call-model.ts';
import { type CallTool, createCallTool } from './call-tool.ts';
import { createLoadAgent, type LoadAgent } from './load-agent.ts';

/** All that the workflow of an agent's run asks for. */
export interface AgentActivities extends AgentNews {
  loadAgent: LoadAgent;
  callModel: CallModel;
  callTool: CallTool;
}

/** @param deps Unset on workers without a database, which serve no agents. */
export function createAgentActivities(deps: AgentDeps | undefined): AgentActivities {
  if (!deps) {
    const refuse = () => Promise.reject(needsDatabase());
    return {
      ...{ loadAgent: refuse, callModel: refuse, callTool: refuse },
      ...{ tellToolCall: refuse, tellAgentRun: refuse, endAgentRun: refuse, readResult: refuse },
    };
  }
  return {
    loadAgent: createLoadAgent(deps),
    callModel: createCallModel(deps),
    callTool: createCallTool(deps),
    ...createAgentNews(deps),
  };
}
