import type { OutboundError } from '../guard/index.ts';
import type { McpFailure } from './mcp-failure.ts';

/** The server turned a request away, so nothing was called. */
class TurnedAway extends Error {
  /** As people are told of it, when nothing else helps. */
  readonly failure: McpFailure | OutboundError;

  constructor(failure: McpFailure | OutboundError) {
    super(failure.message);
    this.failure = failure;
  }
}
/** It does not know our session any more: a new connection may do it. */
export class SessionGone extends TurnedAway {}
/** It does not accept our credential: another access token may do it. */
export class Unauthorized extends TurnedAway {}
