/** Where a link that a model or a person wrote may lead: the web and mail, never a script, a file or an address of this app. */
const allowed = ['http:', 'https:', 'mailto:'];

/** @returns '' for an address that leads nowhere good: its words stay, without a link */
export function safeAddress(written: string): string {
  const address = URL.parse(written);
  return address && allowed.includes(address.protocol) ? address.href : '';
}
