/** The shell command that makes the same request, so that everything a page does can be done by the API. */
export interface CurlRequest {
  method: string;
  url: string;
  body?: unknown;
  /** Adds the header with an API key to fill in. */
  authorized?: boolean;
}

export function curl({ method, url, body, authorized = true }: CurlRequest): string {
  const parts = [`curl -X ${method} ${quote(url)}`];
  if (authorized) parts.push('-H "Authorization: Bearer $HIVIEX_API_KEY"');
  if (body !== undefined)
    parts.push(`-H 'Content-Type: application/json'`, `-d ${quote(JSON.stringify(body))}`);
  return parts.join(' \\\n  ');
}

/** Single quotes keep everything as it is for the shell, but for themselves. */
function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
