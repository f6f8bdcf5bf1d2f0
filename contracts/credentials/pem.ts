/**
 * A key in PEM as OpenSSL wants it. A password field takes the line breaks out of what is pasted into it, and variables of an
 * environment often hold them as `\n`.
 */
export function pemOf(text: string): string {
  const [, kind, body] = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/s.exec(text) ?? [];
  if (kind === undefined || body === undefined) return text;
  // Headers of an encrypted key are lines of their own; such a key is refused later anyway.
  if (body.includes(':')) return text;
  const lines =
    body
      .replaceAll('\\n', '')
      .replace(/\s+/g, '')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${kind}-----`, ...lines, `-----END ${kind}-----`, ''].join('\n');
}
