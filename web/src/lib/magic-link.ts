/** What stands behind the `#` of a mailed link to sign in. */
export interface MagicLink {
  email: string;
  /** Of this app: opening it uses the link up. */
  callback: string;
}

/** @returns undefined for a link that was cut off on its way */
export function magicLink(hash: string): MagicLink | undefined {
  const given = new URLSearchParams(hash.slice(1));
  const token = given.get('token');
  const email = given.get('email');
  if (!token || !email) return undefined;
  // Only what the callback knows: the rest is nobody's who mails links for us.
  const known = new URLSearchParams({ token, email });
  const to = given.get('callbackUrl');
  if (to) known.set('callbackUrl', to);
  return { email, callback: `/auth/callback/magic-link?${known}` };
}
