/** One request, and what of its answer has to be the same whoever's the thing is. */
export interface Answer {
  status: number;
  /** Of the problem; empty when it is none. */
  code: string;
  /** Status, headers and body, but for what differs from request to request. */
  likeness: string;
}

/** Say when, not what. */
const passing = /^(date|ratelimit|ratelimit-policy|retry-after|connection|keep-alive|content-length)$/;

/** Below /v1 what is wrong is said in OpenAI's shape. */
function openAiError(text: string): { code: string; instance?: string } | undefined {
  return text.startsWith('{"error":') ? JSON.parse(text).error : undefined;
}

export async function knock(
  url: string,
  method: string,
  { headers, body }: { headers: Record<string, string>; body: unknown },
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  const problem = isProblem ? (JSON.parse(text) as { code: string; instance?: string }) : openAiError(text);
  const { instance: _, ...alike } = problem ?? {};
  const kept = [...response.headers]
    .filter(([name]) => !passing.test(name))
    .map(([name, value]) => [name, value.replace(/'nonce-[^']+'/g, "'nonce'")]);
  const likeness = JSON.stringify([response.status, kept, problem ? alike : text]);
  return { status: response.status, code: problem?.code ?? '', likeness };
}
