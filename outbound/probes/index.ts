/** Tries a credential at the service it is for. */

import type { AnthropicValues } from '../../contracts/credentials/anthropic.ts';
import type { ImapValues } from '../../contracts/credentials/imap.ts';
import type { CredentialType } from '../../contracts/credentials/index.ts';
import type { LlmValues } from '../../contracts/credentials/llm.ts';
import type { N8nValues } from '../../contracts/credentials/n8n.ts';
import type { PostgresValues } from '../../contracts/credentials/postgres.ts';
import type { S3Values } from '../../contracts/credentials/s3.ts';
import type { SigningKeyValues } from '../../contracts/credentials/signing-key.ts';
import type { SmtpValues } from '../../contracts/credentials/smtp.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { Guard } from '../guard/index.ts';
import { failedBy, type ProbeOutcome, passed } from './outcome.ts';
import { probeHttp } from './probe-http.ts';
import { probeImap } from './probe-imap.ts';
import { probeKeys } from './probe-keys.ts';
import { probeN8n } from './probe-n8n.ts';
import { probePostgres } from './probe-postgres.ts';
import { probeS3 } from './probe-s3.ts';
import { probeSmtp } from './probe-smtp.ts';

export type { ProbeOutcome } from './outcome.ts';

export interface ProbeOptions {
  guard: Pick<Guard, 'fetch' | 'resolve'>;
  credentialType: CredentialType;
  /** As the type's schema gives them. */
  values: JsonObject;
  /** OAuth2: gets a token that is good now. */
  accessToken?: (() => Promise<string>) | undefined;
}

/** Never rejects. */
export async function probe(options: ProbeOptions): Promise<ProbeOutcome> {
  try {
    return await probeBy(options);
  } catch (error) {
    return failedBy(error);
  }
}

async function probeBy({ guard, credentialType, values, accessToken }: ProbeOptions): Promise<ProbeOutcome> {
  switch (credentialType.tester) {
    case 'http': {
      const use = credentialType.apply?.(values) ?? { headers: [], query: [] };
      if (typeof values.testUrl === 'string' && values.testUrl !== '')
        return probeHttp(guard, values.testUrl, use);
      return passed(
        'It is complete. Give it a test URL to try it at the service.',
        'Está completa. Informe uma URL de teste para experimentá-la no serviço.',
      );
    }
    case 'llm': {
      const { baseUrl } = values as unknown as LlmValues;
      const use = credentialType.apply?.(values) ?? { headers: [], query: [] };
      return probeHttp(guard, `${baseUrl.replace(/\/+$/, '')}/models`, use);
    }
    case 'anthropic': {
      const { baseUrl } = values as unknown as AnthropicValues;
      const use = credentialType.apply?.(values) ?? { headers: [], query: [] };
      return probeHttp(guard, `${baseUrl.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1/models`, use);
    }
    case 'oauth2':
      await accessToken?.();
      return passed(
        'It works: the service gave an access token.',
        'Funciona: o serviço deu um token de acesso.',
      );
    case 'postgres':
      return probePostgres(guard, values as unknown as PostgresValues);
    case 'smtp':
      return probeSmtp(guard, values as unknown as SmtpValues);
    case 'imap':
      return probeImap(guard, values as unknown as ImapValues);
    case 'keys':
      return probeKeys(values as unknown as SigningKeyValues);
    case 'n8n':
      return probeN8n(guard, values as unknown as N8nValues);
    case 's3':
      return probeS3(guard, values as unknown as S3Values);
  }
}
