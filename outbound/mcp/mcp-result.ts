/** What a tool gave: always data, whoever wrote it. */
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { JsonObject } from '../../contracts/json.ts';
import { isShallow } from './is-shallow.ts';

export interface McpFile {
  name: string;
  mimeType: string;
  bytes: Buffer;
}

export interface McpResult {
  /** The tool itself says that it failed; `text` says why. */
  isError: boolean;
  /** All that can be read as text, parts apart by an empty line. */
  text: string;
  structured?: JsonObject | undefined;
  /** Pictures, sounds and other bytes. */
  files: McpFile[];
}

const mostFiles = 20;

export function toResult({ content, structuredContent, isError }: CallToolResult): McpResult {
  const texts: string[] = [];
  const files: McpFile[] = [];
  for (const part of content) {
    if (part.type === 'text') texts.push(part.text);
    if (part.type === 'image' || part.type === 'audio')
      files.push(fileOf(part.data, part.mimeType, `${part.type}-${files.length + 1}`));
    if (part.type === 'resource_link')
      texts.push([part.title ?? part.name, part.description, part.uri].filter(Boolean).join('\n'));
    if (part.type === 'resource') {
      const { resource } = part;
      if ('text' in resource) texts.push(`${resource.uri}\n${resource.text}`);
      else files.push(fileOf(resource.blob, resource.mimeType, nameOf(resource.uri)));
    }
  }
  const structured = isShallow(structuredContent, 100)
    ? (structuredContent as JsonObject | undefined)
    : undefined;
  return {
    isError: isError === true,
    text: texts.join('\n\n'),
    ...(structured !== undefined && { structured }),
    files: files.slice(0, mostFiles),
  };
}

function fileOf(base64: string, mimeType: string | undefined, name: string): McpFile {
  return { name, mimeType: mimeType ?? 'application/octet-stream', bytes: Buffer.from(base64, 'base64') };
}

function nameOf(uri: string): string {
  const last =
    uri
      .split(/[?#]/)[0]!
      .split('/')
      .findLast((part) => part !== '') ?? 'file';
  return last.slice(-100);
}
