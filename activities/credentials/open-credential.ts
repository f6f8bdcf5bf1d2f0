/** Opens a credential for a node: values that are complete, of a kind that the node takes. */
import { type CredentialType, findCredentialType } from '../../contracts/credentials/index.ts';
import { secretTexts } from '../../contracts/credentials/secret-texts.ts';
import { type EffectContext, StepFailure } from '../../contracts/effect.ts';
import type { Database, OpenedCredential } from '../../db/index.ts';

export interface CredentialToOpen {
  context: EffectContext;
  /** The credential's id. */
  id: string;
  nodeType: string;
  /** Gets every value that must not be shown. */
  secrets: Set<string>;
}

export interface CredentialInHand {
  opened: OpenedCredential;
  credentialType: CredentialType;
  /** As the type's schema gives them. */
  values: Record<string, unknown>;
}

/**
 * @param db Unset in tests of effects that need none.
 * @throws StepFailure `credential-missing`, `credential-unfit`; VaultError
 */
export async function openCredential(
  db: Database | undefined,
  { context, id, nodeType, secrets }: CredentialToOpen,
): Promise<CredentialInHand> {
  const opened = await db?.inWorkspace(context.workspace, ({ credentials }) => credentials.open(id));
  if (!opened) throw missing(context.nodeName);
  const credentialType = findCredentialType(opened.type);
  for (const value of secretTexts(opened)) secrets.add(value);
  const parsed = credentialType?.values.safeParse({ ...opened.fields, ...opened.secrets });
  if (!credentialType || !parsed?.success || !credentialType.nodes.includes(nodeType))
    throw unfit(opened.name, context.nodeName);
  return { opened, credentialType, values: parsed.data };
}

export function unfit(name: string, nodeName: string): StepFailure {
  return new StepFailure({
    code: 'credential-unfit',
    message: `The credential "${name}" cannot be used by "${nodeName}".`,
    hint: 'Complete it under Credentials, or choose one of another type in the node.',
  });
}

function missing(nodeName: string): StepFailure {
  return new StepFailure({
    code: 'credential-missing',
    message: `The credential of "${nodeName}" is not there any more.`,
    hint: 'Open the node, choose another credential, and publish the automation again.',
  });
}
