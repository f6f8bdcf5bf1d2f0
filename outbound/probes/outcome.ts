/** What trying a credential came to, and how a failure of the way there is said. */
import { type Text, text } from '../../contracts/text.ts';
import { cutAtWord } from '../cut-at-word.ts';
import { OutboundError } from '../guard/index.ts';
import { OAuthError } from '../oauth2/index.ts';

export interface ProbeOutcome {
  passed: boolean;
  /** May repeat what the service wrote: mask it before it is shown. */
  says: Text;
}

export const limits = { maxBytes: 200_000, timeoutMs: 10_000 };

export function passed(en: string, pt: string): ProbeOutcome {
  return { passed: true, says: text(en, pt) };
}

export function failed(en: string, pt: string): ProbeOutcome {
  return { passed: false, says: text(en, pt) };
}

/** Codes and messages of resolvers, sockets, Postgres and SMTP, which say it best themselves. */
export function failedBy(error: unknown): ProbeOutcome {
  if (error instanceof OutboundError)
    return failed(`${error.says.en} ${error.hint.en}`, `${error.says.pt} ${error.hint.pt}`);
  if (error instanceof OAuthError) return { passed: false, says: error.says };
  const { code, message } = error as { code?: unknown; message?: unknown };
  const reason = [code, message].filter((part) => typeof part === 'string' && part !== '').join(': ');
  const cut = cutAtWord(reason, 300) || 'unknown';
  return failed(`No connection: ${cut}`, `Sem conexão: ${cut}`);
}

export function answered(status: number, statusText: string): ProbeOutcome {
  const line = `${status} ${statusText}`.trim();
  if (status < 400)
    return passed(`It works: the service answered ${line}.`, `Funciona: o serviço respondeu ${line}.`);
  return failed(`The service answered ${line}.`, `O serviço respondeu ${line}.`);
}
