/** What can be wrong with a request to a user's URL before or beyond its answer, said in every language. */
import type { Text } from '../../contracts/text.ts';

export type OutboundErrorCode = 'address-blocked' | 'bad-url' | 'response-too-large' | 'request-timeout';

/** `message` is the English text, for logs; people read `says` (what happened) and `hint` (what to do next). Holds no secret of the URL. */
export class OutboundError extends Error {
  readonly code: OutboundErrorCode;
  readonly says: Text;
  readonly hint: Text;

  constructor(code: OutboundErrorCode, says: Text, hint: Text) {
    super(says.en);
    this.name = 'OutboundError';
    this.code = code;
    this.says = says;
    this.hint = hint;
  }
}
