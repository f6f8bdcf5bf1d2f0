/**
 * The hosts that a credential may be sent to, as a person writes them: `api.example.com, *.example.org, [::1]:8080`. Without a port
 * any port; `*.` stands for every host below; nothing written: any host.
 */
interface AllowedHost {
  /** As a URL gives it: lower case, punycode, IPv6 in brackets. */
  host: string;
  /** Every host below it, and not itself. */
  below: boolean;
  port: number | undefined;
}

export function isHostList(text: string): boolean {
  return entriesOf(text).every((entry) => parse(entry) !== undefined);
}

/** What can't be read allows nothing. */
export function allowsHost(text: string, url: URL): boolean {
  const entries = entriesOf(text);
  const name = withoutDot(url.hostname);
  const at = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return (
    entries.length === 0 ||
    entries.some((entry) => {
      const allowed = parse(entry);
      if (!allowed || (allowed.port ?? at) !== at) return false;
      return allowed.below ? name.endsWith(`.${allowed.host}`) : name === allowed.host;
    })
  );
}

/** Whether `after` allows what `before` does not. An entry that is written in another way counts as another. */
export function isWider(before: string, after: string): boolean {
  const [known, wanted] = [entriesOf(before), entriesOf(after)];
  if (known.length === 0) return false;
  return wanted.length === 0 || wanted.some((entry) => !known.includes(entry));
}

function entriesOf(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');
}

function parse(entry: string): AllowedHost | undefined {
  const [, below, name, port] =
    /^(\*\.)?([^\s/?#@\\%*:[\]]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/.exec(entry) ?? [];
  const address = `http://${name}:${port ?? 80}/`;
  if (name === undefined || !URL.canParse(address)) return undefined;
  const host = withoutDot(new URL(address).hostname);
  return { host, below: below !== undefined, port: port === undefined ? undefined : Number(port) };
}

/** `example.com.` is example.com: the dot only says that the name is complete. */
function withoutDot(host: string): string {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}
