/** Listening for one test call of a trigger in the draft. */
import type { TestListener } from '../../../contracts/api/test-listeners.ts';
import { request } from './client.ts';

const at = (automation: string, node: string) =>
  `/automations/${encodeURIComponent(automation)}/test-listeners/${encodeURIComponent(node)}`;

export const listenForTest = (automation: string, node: string) =>
  request<TestListener>('PUT', at(automation, node));
export const getTestListener = (automation: string, node: string) =>
  request<TestListener>('GET', at(automation, node));
export const stopListening = (automation: string, node: string) =>
  request<void>('DELETE', at(automation, node));
