/**
 * A secret is only for where it was first given for: who may change a credential, but was never told its secret, could else have it
 * sent to an address of their own. API and form ask the same question.
 */
import type { JsonObject, JsonValue } from '../json.ts';
import { isWider } from './allowed-hosts.ts';
import { type CredentialType, credentialFields } from './index.ts';

/**
 * @param saved `fields` that are no secret, and the names of the `secrets` that are filled
 * @param given what is to be saved over it: a value that is left out stays, null empties it
 * @returns names of the secrets that would stay although where they go changes; empty: it may be saved
 */
export function secretsNeededAgain(
  type: Pick<CredentialType, 'values'>,
  saved: { fields: JsonObject; secrets: readonly string[] },
  given: JsonObject,
): string[] {
  const moves = credentialFields(type).some(({ name, destination, defaultValue }) => {
    const unset = (defaultValue ?? '') as JsonValue;
    const [before, after] = [saved.fields[name] ?? unset, given[name] === null ? unset : given[name]];
    if (!destination || after === undefined) return false;
    return destination === 'hosts' ? isWider(String(before), String(after)) : after !== before;
  });
  return moves ? saved.secrets.filter((name) => given[name] === undefined) : [];
}
