/** Reads a user's URL by the rules of browsers, so that 2130706433, 0177.0.0.1 and 0x7f.1 are seen as the address they are. */
import { text } from '../../contracts/text.ts';
import { OutboundError } from './outbound-error.ts';

export interface Target {
  url: URL;
  /** Without brackets. */
  host: string;
  port: number;
}

/** @throws OutboundError `bad-url`. The text itself is not repeated: it may hold a password or a key. */
export function parseTarget(address: string | URL): Target {
  const url = URL.parse(String(address));
  if (!url) {
    throw new OutboundError(
      'bad-url',
      text('This is not a URL.', 'Isto não é uma URL.'),
      text(
        'It has to be complete, as in https://api.example.com/orders.',
        'Ela precisa estar completa, como em https://api.example.com/pedidos.',
      ),
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new OutboundError(
      'bad-url',
      text(
        `"${url.protocol}" addresses cannot be called, only http: and https:.`,
        `Endereços "${url.protocol}" não podem ser chamados, só http: e https:.`,
      ),
      text('Begin the URL with https://.', 'Comece a URL com https://.'),
    );
  }
  return { url, host: bare(url.hostname), port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80) };
}

/** `[::1]` of a URL as the resolver and sockets want it. */
function bare(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}
