/** Refuses to have a saved secret sent elsewhere by who does not give it again. */
import { credentialFields, findCredentialType } from '../../contracts/credentials/index.ts';
import { secretsNeededAgain } from '../../contracts/credentials/secrets-needed-again.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { text } from '../../contracts/text.ts';
import type { OpenedCredential } from '../../db/index.ts';
import { ApiProblem } from '../problems.ts';

/**
 * @param given values to be saved or tried over the saved ones
 * @throws ApiProblem `secret-needed-again`, naming the fields
 */
export function checkDestination(
  { type, fields, secrets }: Pick<OpenedCredential, 'type' | 'fields' | 'secrets'>,
  given: JsonObject,
): void {
  const credentialType = findCredentialType(type);
  if (!credentialType) return;
  const filled = Object.keys(secrets).filter((name) => isFilled(secrets[name]));
  const needed = secretsNeededAgain(credentialType, { fields, secrets: filled }, given);
  if (needed.length === 0) return;
  const labels = credentialFields(credentialType).flatMap(({ name, label }) =>
    needed.includes(name) ? [label] : [],
  );
  const names = text(labels.map(({ en }) => en).join(', '), labels.map(({ pt }) => pt).join(', '));
  const message = text('Give it again: where it goes is changed.', 'Informe de novo: o destino mudou.');
  const errors = needed.map((name) => ({ field: `values.${name}`, message, code: 'secret-needed-again' }));
  throw new ApiProblem('secret-needed-again', { secrets: names }, { errors });
}

function isFilled(secret: JsonValue | undefined): boolean {
  return (
    secret !== undefined && secret !== null && secret !== '' && !(Array.isArray(secret) && !secret.length)
  );
}
