/** The refusal of the guard. */
import { text } from '../../contracts/text.ts';
import { OutboundError } from './outbound-error.ts';

/** Names the host that was asked for, never the address behind it: that would map the inside for whoever asks. */
export class BlockedAddress extends OutboundError {
  /** @param host As in the URL. */
  constructor(host: string) {
    super(
      'address-blocked',
      text(
        `${host} is not on the public internet, and this Hiviex does not call private addresses.`,
        `${host} não está na internet pública, e este Hiviex não chama endereços privados.`,
      ),
      text(
        'Check the host in the URL. If it is meant to be reached, ask the operator to allow it with HIVIEX_ALLOW_PRIVATE_HOSTS.',
        'Confira o host da URL. Se ele deve ser acessado, peça ao operador que o permita com HIVIEX_ALLOW_PRIVATE_HOSTS.',
      ),
    );
    this.name = 'BlockedAddress';
  }
}
