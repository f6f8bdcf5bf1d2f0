/** Where a person goes after signing in: the `to` of the page's address. */

/** Only addresses of this app: a link from outside must not send a person elsewhere after signing in. */
export function wayBack(search: URLSearchParams): string {
  const to = search.get('to');
  return to && /^\/(?![/\\])/.test(to) ? to : '/';
}

/** `page` with the way back to `to`; Home needs none. */
export function withWayBack(page: string, to: string): string {
  return to === '/' ? page : `${page}?to=${encodeURIComponent(to)}`;
}
