/** Where a person goes after signing in: the `to` of the page's address. */

/**
 * Only addresses of this app: a link from outside must not send a person elsewhere after signing in. Browsers take tabs and line
 * breaks out of an address, so `/<tab>/elsewhere.example` is one of another site.
 */
export function wayBack(search: URLSearchParams): string {
  const to = search.get('to');
  return to && /^\/(?![/\\])\P{Cc}*$/u.test(to) ? to : '/';
}

/** `page` with the way back to `to`; Home needs none. */
export function withWayBack(page: string, to: string): string {
  return to === '/' ? page : `${page}?to=${encodeURIComponent(to)}`;
}
