import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ObjectStore } from '../../storage/index.ts';

/** The call of a webhook that is answered, and where the files are that its answer may name. */
export interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  store: ObjectStore;
  workspace: string;
}
