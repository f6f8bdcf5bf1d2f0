/** Credentials and the vault they are in. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const credentialProblems = {
  'credential-not-shared': {
    status: 403,
    title: text(
      '"{node}" uses the credential "{credential}", which is not shared with you.',
      '"{node}" usa a credencial "{credential}", que não foi compartilhada com você.',
    ),
    next: text(
      'Ask whoever manages it to share it with you, or choose another credential.',
      'Peça a quem a gerencia que a compartilhe com você, ou escolha outra credencial.',
    ),
  },
  'secret-needed-again': {
    status: 422,
    title: text(
      'What is changed decides where the secret goes: {secrets}.',
      'O que mudou decide para onde vai o segredo: {secrets}.',
    ),
    next: text(
      'Give it again, in the same request: a saved secret is only for where it was given for.',
      'Informe-o de novo, na mesma requisição: um segredo salvo só serve para o destino para o qual foi informado.',
    ),
  },
  'credential-in-use': {
    status: 409,
    title: text(
      'Published automations use this credential: {automations}.',
      'Automações publicadas usam esta credencial: {automations}.',
    ),
    next: text(
      'Give them another one first, or delete it with force=true: their next steps that need it fail.',
      'Troque-a nelas antes, ou apague com force=true: os próximos passos que precisarem dela falham.',
    ),
  },
  'credential-not-connectable': {
    status: 409,
    title: text(
      'Only an OAuth2 credential with the authorization code grant can be connected.',
      'Só uma credencial OAuth2 com concessão por código de autorização pode ser conectada.',
    ),
    next: text(
      'Choose that grant in the credential and fill in its addresses.',
      'Escolha essa concessão na credencial e preencha os endereços.',
    ),
  },
  'vault-locked': {
    status: 503,
    title: text(
      'Secrets can not be read or kept: {reason}',
      'Segredos não podem ser lidos nem guardados: {reason}',
    ),
    next: text(
      'An operator sets HIVIEX_MASTER_KEY (32 bytes, base64) for every process.',
      'Um operador define HIVIEX_MASTER_KEY (32 bytes, base64) em todos os processos.',
    ),
  },
} as const satisfies Record<string, ProblemKind>;
