/**
 * Where a link leads, and what a reader has to be told of it. Whoever wrote the words chose the address too: words that look like one
 * address over another one are the oldest trick there is.
 */

export interface LinkTarget {
  /** What the link leads to, as it is shown: a host (foreign letters as `xn--…`), or an address of mail. */
  place: string;
  /** `plain`: the words are the place. `named`: the place is shown behind them. `disguised`: they look like another place. */
  kind: 'plain' | 'named' | 'disguised';
}

/** @param href as `safeAddress` lets it through @param words that are shown for it */
export function linkTargetOf(href: string, words: string): LinkTarget {
  const url = new URL(href);
  const place = url.protocol === 'mailto:' ? decoded(url.pathname) : withoutWww(url.host);
  const seen = visible(words);
  const claimed = claimsIn(seen);
  if (claimed.some((host) => !covers(host, url))) return { place, kind: 'disguised' };
  return { place, kind: seen.toLowerCase().includes(place) ? 'plain' : 'named' };
}

/** Endings that are names of files as often as of hosts: `README.md` over a repository is no disguise, and its host is shown anyhow. */
const fileEndings =
  /\.(md|rs|py|sh|ts|js|cc|so|pl|ps|ai|zip|mov|app|java|json|html?|css|txt|pdf|csv|xml|ya?ml|png|jpe?g|gif|svg)$/i;

/** Hosts that the words look like. */
function claimsIn(words: string): string[] {
  const whole = [...words.matchAll(/[a-z][a-z0-9+.-]*:\/\/([^\s/?#]+)/giu)].map(([, host = '']) => host);
  const bare = words
    .replace(/[a-z][a-z0-9+.-]*:\/\/\S+/giu, ' ')
    .split(/[\s,;()[\]<>"'“”«»]+/u)
    .map((word) => word.split(/[/?#]/u, 1)[0] ?? '')
    .filter(
      (word) =>
        /^([\p{L}\p{N}_-]+@)?([\p{L}\p{N}_-]+\.)+\p{L}{2,}\.?(:\d+)?$/u.test(word) && !fileEndings.test(word),
    );
  return [...whole, ...bare].flatMap(hostOf);
}

/** As a browser would read it: what stands before an @ is no host. */
function hostOf(written: string): string[] {
  const url = URL.parse(`http://${written.split('@').at(-1)}`);
  return url ? [withoutWww(url.hostname).replace(/\.$/, '')] : [];
}

/** `example.com` may stand over a host below it. */
function covers(claimed: string, url: URL): boolean {
  const host = url.protocol === 'mailto:' ? (decoded(url.pathname).split('@').at(-1) ?? '') : url.hostname;
  const real = withoutWww(host.toLowerCase()).replace(/\.$/, '');
  return real === claimed || real.endsWith(`.${claimed}`);
}

/** Without what is not seen, or turns what is seen around. */
function visible(words: string): string {
  return words.replace(/[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/gu, '').trim();
}

function withoutWww(host: string): string {
  return host.replace(/^www\./i, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
