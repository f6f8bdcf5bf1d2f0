/**
 * The one-time token of a mailed link: after `#`, which browsers send to no server and no log keeps; `?token=` is read too, for mail
 * programs that cut off the rest.
 */
export function linkToken(location: { hash: string; search: string }): string {
  const inHash = new URLSearchParams(location.hash.slice(1)).get('token');
  return inHash ?? new URLSearchParams(location.search).get('token') ?? '';
}
