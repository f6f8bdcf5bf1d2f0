/**
 * `POST /hooks/mail/<key>`: a mail comes in, a run starts. Mail services deliver until they hear a 2xx, so the run is started in
 * Temporal before that, and a mail that comes twice starts one.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mailTrigger } from '../../../contracts/catalogue/mail-trigger.ts';
import type { Listener } from '../../../db/index.ts';
import { parseMail, type ReadMail } from '../../../runs/mail/parse-mail.ts';
import { startPublished } from '../../../runs/start-published.ts';
import { runIdOf } from '../../../runs/start-run.ts';
import { versionGraphsOf } from '../../../runs/version-graphs.ts';
import { clientIp } from '../../client-ip.ts';
import type { ApiDeps } from '../../deps.ts';
import type { RateLimits } from '../../limits/rate-limits.ts';
import { ApiProblem } from '../../problems.ts';
import { type HookAddress, hooksBase } from '../hook-address.ts';
import { checkMailKey } from './check-mail-key.ts';
import { readRawMail } from './raw-mail.ts';
import { saveMailFiles } from './save-mail-files.ts';

/** The most bytes of a request with a mail, which is read whole: what mail services pass on at most. */
const mostBytes = 40_000_000;

export interface MailHandler {
  /** Whether an automation listens to mail there: nobody else may have the path then. */
  find(address: HookAddress): Promise<Listener | undefined>;
  /** @throws ApiProblem */
  answer(
    listener: Listener,
    address: HookAddress,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void>;
}

export function createMailHandler(deps: ApiDeps, limits: RateLimits): MailHandler {
  const { db, config, objects } = deps;
  const graphs = versionGraphsOf(db);
  const limit = Math.min(mostBytes, config.HIVIEX_MAX_FILE_BYTES);

  return {
    async find({ method, path }) {
      // Mailgun hands over raw mail only where an address ends like this.
      const key = /^mail\/([a-z0-9_-]+)(\/mime)?$/.exec(path)?.[1];
      if (key === undefined || method !== 'POST') return undefined;
      return await db.asSystem(({ subscriptions }) => subscriptions.find('mail', key));
    },

    async answer(listener, address, request, response) {
      const { workspace, version, node } = listener;
      const meter = limits.meter('webhook', response);
      await meter.count({ ip: clientIp(request, config) ?? 'unknown', workspace });
      const trigger = (await graphs.get(version.id, workspace))?.nodes.get(node);
      if (!trigger) throw gone(address);
      const { keyVariable } = mailTrigger.parameters.parse(trigger.parameters);
      const { authorization } = request.headers;
      if (keyVariable !== '')
        await checkMailKey(deps, workspace, keyVariable, { authorization, query: address.query });
      const mail = await parseMail(await readRawMail(request, limit));
      if (!mail) throw new ApiProblem('mail-unreadable');
      // Attachments are files; what is left travels in the run's history.
      if (Buffer.byteLength(JSON.stringify(mail.json)) > config.HIVIEX_MAX_BODY_BYTES)
        throw new ApiProblem('too-large', {
          limit: `${Math.floor(config.HIVIEX_MAX_BODY_BYTES / 1_000)} kB`,
        });
      const { run, replayed } = await start(listener, mail, address);
      response.setHeader('hiviex-run', run);
      if (replayed) response.setHeader('idempotent-replayed', 'true');
      response.statusCode = 202;
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(JSON.stringify({ run }));
    },
  };

  async function start(listener: Listener, { json, files, key }: ReadMail, address: HookAddress) {
    const { workspace, automation, node } = listener;
    const run = runIdOf('mail', workspace, automation.id, node, key);
    // Temporal remembers a workflow's id only as long as its history; our record outlives that.
    if (await db.inWorkspace(workspace, ({ runs }) => runs.get(run))) return { run, replayed: true };
    const { binary, discard } = await saveMailFiles(files, {
      store: objects.store,
      run: { workspace, run },
      maxBytes: config.HIVIEX_MAX_FILE_BYTES,
    });
    const item = { json, ...(files.length > 0 && { binary }) };
    // One that fails may have started: its files stay, and the next delivery finds out.
    const started = await startPublished(deps, graphs, listener, { kind: 'mail', items: [item], run });
    if (!started || started.replayed) void discard();
    if (!started) throw gone(address);
    return started;
  }
}

function gone({ method, path }: HookAddress): ApiProblem {
  return new ApiProblem('webhook-not-found', { method, path: hooksBase + path });
}
