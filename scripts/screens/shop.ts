/** The service that the automations on the pictures call. Orders above 5,000 find it broken. */
import { createServer } from 'node:http';
import { freePort } from '../stack/free-port.ts';

export interface Shop {
  /** Its address, without a slash at the end. */
  url: string;
  close(): void;
}

export async function startShop(): Promise<Shop> {
  const port = await freePort(4010);
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { status, json } = answerOf(request.url ?? '', body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answerOf(path: string, body: string): { status: number; json: unknown } {
  if (path === '/invoices')
    return {
      status: 200,
      json: [2041, 2044, 2052, 2063].map((number, index) => ({ number, daysOverdue: 12 - index * 3 })),
    };
  if (path !== '/reservations') return { status: 200, json: { ok: true } };
  const { customer, total } = JSON.parse(body) as { customer: string; total: number };
  if (total > 5_000) return { status: 503, json: { error: 'The warehouse is closed for stocktaking.' } };
  return { status: 200, json: { reservation: 'R-4711', customer, total, warehouse: 'Porto' } };
}
