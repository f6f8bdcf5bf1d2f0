/** The token of an invitation waits in the tab while its holder signs in or out: addresses end up in logs. */
const storageKey = 'hiviex-invitation';

/** @param fromLink the token in the address, which is kept; empty: the one that was kept before */
export function keptInvitation(fromLink: string): string {
  if (fromLink) sessionStorage.setItem(storageKey, fromLink);
  return fromLink || (sessionStorage.getItem(storageKey) ?? '');
}

export function forgetInvitation(): void {
  sessionStorage.removeItem(storageKey);
}
