/**
 * Keys of uploaded files:
 *
 *   w/<workspace>/u/<file>              as it came by one request; whoever has the link may write it again, so nobody reads it from here
 *   w/<workspace>/f/<file>              where it stays
 *   w/<workspace>/t/<file>              its thumbnail
 *   w/<workspace>/k/<document>          what was fetched or typed for a document of a knowledge base
 *   media/<workspace>/<hash>.<format>   a public picture: its address never holds other bytes, so it may be kept for ever
 */
import { workspacePrefix } from './object-keys.ts';

export interface FileName {
  workspace: string;
  id: string;
}

export function arrivingKey({ workspace, id }: FileName): string {
  return `${workspacePrefix(workspace)}u/${id}`;
}

export function uploadedKey({ workspace, id }: FileName): string {
  return `${workspacePrefix(workspace)}f/${id}`;
}

export function thumbnailKey({ workspace, id }: FileName): string {
  return `${workspacePrefix(workspace)}t/${id}`;
}

export function documentKey({ workspace, id }: FileName): string {
  return `${workspacePrefix(workspace)}k/${id}`;
}

export function mediaPrefix(workspace: string): string {
  return workspacePrefix(workspace).replace(/^w\//, 'media/');
}

/** @param name `<hash>.<format>` */
export function mediaKey(workspace: string, name: string): string {
  return mediaPrefix(workspace) + name;
}
