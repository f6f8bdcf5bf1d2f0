/** A tool as the model is told of it. */
import { readResultTool, type Tool } from '../../contracts/agents/tool.ts';
import type { FieldType } from '../../contracts/catalogue/sub-automation-trigger.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { ToolDefinition } from '../../contracts/models/chat.ts';
import { httpSchemaOf } from './http-call.ts';

/** What is known of what a tool leads to. */
export interface ToolTarget {
  name: string;
  description: string;
  /** Of a tool of an MCP server: JSON schema of its arguments. */
  parameters?: JsonObject | undefined;
  /** Of an automation: what its trigger takes. None: whatever comes. */
  fields?: { name: string; type: FieldType; required: boolean }[] | undefined;
}

export function toolDefinitionOf(tool: Tool, target: ToolTarget | undefined): ToolDefinition {
  const description =
    tool.description || (target && [target.name, target.description].filter(Boolean).join(': ')) || tool.name;
  return { name: tool.name, description, parameters: schemaOf(tool, target) };
}

export const readResultDefinition: ToolDefinition = {
  name: readResultTool,
  description:
    'Reads on in a result that was too long to be given whole. "call" and "from" are in the note at its end.',
  parameters: {
    type: 'object',
    properties: {
      call: { type: 'string' },
      from: { type: 'integer', minimum: 0, description: 'Characters to leave out at its beginning.' },
    },
    required: ['call', 'from'],
  },
};

function schemaOf(tool: Tool, target: ToolTarget | undefined): JsonObject {
  switch (tool.kind) {
    case 'automation':
      return fieldsSchema(target?.fields ?? []);
    case 'http':
      return httpSchemaOf(tool);
    case 'code':
      return tool.parameters;
    case 'web-fetch':
      return object({ url: { type: 'string', description: `An address at ${tool.hosts.join(', ')}.` } });
    case 'files':
      return fileArguments;
    case 'knowledge':
      return object({
        query: {
          type: 'string',
          description: 'What to look for, as a question or in the words that the text would use.',
        },
      });
    case 'agent':
      return object({
        message: {
          type: 'string',
          description:
            tool.mode === 'hand-off'
              ? 'What the other agent has to know, in one or two sentences.'
              : 'The task, with all that is needed for it: the other agent sees nothing else.',
        },
      });
    case 'ask-human':
      return object({
        question: { type: 'string', description: 'For a person who knows nothing of the conversation.' },
      });
    case 'mcp':
      return target?.parameters ?? { type: 'object', properties: {} };
  }
}

const fileArguments: JsonObject = {
  type: 'object',
  properties: {
    action: { type: 'string', enum: ['list', 'read'] },
    file: { type: 'string', description: 'Id of the file to read, from the list.' },
  },
  required: ['action'],
};

function object(properties: Record<string, JsonObject>): JsonObject {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

const types: Record<FieldType, JsonObject> = {
  any: {},
  text: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  object: { type: 'object' },
  list: { type: 'array', items: {} },
};

/** What an automation takes that is called: the fields that its trigger names. */
export function fieldsSchema(fields: NonNullable<ToolTarget['fields']>): JsonObject {
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name, type }) => [name, types[type]])),
    ...(required.length > 0 && { required }),
  };
}
