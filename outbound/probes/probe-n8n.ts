import type { N8nValues } from '../../contracts/credentials/n8n.ts';
import type { Guard } from '../guard/index.ts';
import type { ProbeOutcome } from './outcome.ts';
import { probeHttp } from './probe-http.ts';

/** Lists one workflow. */
export function probeN8n(guard: Pick<Guard, 'fetch'>, { baseUrl, apiKey }: N8nValues): Promise<ProbeOutcome> {
  const headers = [['X-N8N-API-KEY', apiKey]] as const;
  return probeHttp(guard, `${baseUrl.replace(/\/+$/, '')}/api/v1/workflows?limit=1`, { headers, query: [] });
}
