/** Where a link that a model or a person wrote may lead: the web and mail, never a script, a file or an address of this app. */
const allowed = ['http:', 'https:', 'mailto:'];

/**
 * @returns '' for an address that leads nowhere good: its words stay, without a link. One with a name or password in it is made to be
 * misread: `https://bank.example@evil.example`.
 */
export function safeAddress(written: string): string {
  const address = URL.parse(written);
  if (!address || !allowed.includes(address.protocol)) return '';
  return address.username === '' && address.password === '' ? address.href : '';
}
