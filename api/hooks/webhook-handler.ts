/**
 * `/hooks/<path>`: a call comes in, a run starts, the caller is answered. The hottest path of the API: it stands in front of
 * Express, asks the database at most once a second per address (and once per delivery with a key), and keeps the graphs of
 * recent versions.
 *
 * The run is started in Temporal before any 2xx. What the caller was told is therefore true whatever dies next.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { webhookMethods } from '../../contracts/catalogue/webhook-trigger.ts';
import type { GraphNode } from '../../contracts/graph.ts';
import type { WebhookTarget } from '../../db/index.ts';
import { newRunId } from '../../runs/new-run-id.ts';
import { runIdOf, startRun, variablesNow } from '../../runs/start-run.ts';
import { createVersionGraphs, type VersionGraph } from '../../runs/version-graphs.ts';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { ApiProblem, sendProblem, toProblem } from '../problems.ts';
import { answerGated } from './answer-gated.ts';
import { createAnswers, type Waiting } from './answers.ts';
import { checkSigned } from './check-signed.ts';
import { readDelivery } from './delivery.ts';
import { type DeliveryKey, keyInBody, keyInHeader } from './delivery-key.ts';
import { type DeliveryLog, logDelivery } from './delivery-log.ts';
import { carriesFiles } from './file-delivery.ts';
import { addressOf, type HookAddress, hooksBase } from './hook-address.ts';
import { type HookOptions, hookOptions } from './hook-options.ts';
import { createMailHandler } from './mail/mail-handler.ts';
import { answerResume, resumePrefix } from './resume-handler.ts';
import { answerTest, notListening, testedPath, testPrefix } from './test-handler.ts';
import { createWebhookTargets } from './webhook-targets.ts';
import { writeOutcome } from './write-outcome.ts';

export interface WebhookHandler {
  /** For requests whose path begins with `/hooks/`. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Callers who wait for an answer now. */
  readonly waiting: number;
  close(): void;
}

export function createWebhookHandler(deps: ApiDeps, limits: RateLimits): WebhookHandler {
  const { db, bus, log, config, objects } = deps;
  const targets = createWebhookTargets(db, bus);
  const graphs = createVersionGraphs(db);
  const mail = createMailHandler(deps, limits);
  const readRecord = (workspace: string, run: string) =>
    db.inWorkspace(workspace, ({ runs }) => runs.get(run));
  const answers = createAnswers(bus, readRecord);

  return {
    async handle(request, response) {
      try {
        // Any page may call a webhook, and none gains by it: nothing here depends on cookies.
        response.setHeader('access-control-allow-origin', '*');
        response.setHeader(
          'access-control-expose-headers',
          'hiviex-run, idempotent-replayed, ratelimit, ratelimit-policy, retry-after',
        );
        const address = addressOf(request);
        // Webhooks could be named so before there was mail: they go on where nobody listens to mail.
        const mailed = address.path.startsWith('mail/') ? await mail.find(address) : undefined;
        if (mailed) await mail.answer(mailed, address, request, response);
        else if (address.method === 'OPTIONS') await answerPreflight(address, request, response);
        else if (address.path.startsWith(resumePrefix) && address.method !== 'HEAD')
          await answerResume(address, request, response, deps, limits);
        else if (address.method === 'HEAD') await answerHead(address, response);
        else if (address.path.startsWith(testPrefix))
          await answerTest(deps, limits, answers, address, { request, response });
        else await answerCall(address, request, response);
      } catch (error) {
        sendProblem(request, response, toProblem(error, log));
      }
    },
    get waiting() {
      return answers.waiting;
    },
    close() {
      targets.close();
      answers.close();
    },
  };

  async function answerCall(address: HookAddress, request: IncomingMessage, response: ServerResponse) {
    const meter = limits.meter('webhook', response);
    await meter.count({ ip: clientIp(request, config) ?? 'unknown' });
    const target = await targets.find(address.method, address.path);
    await meter.count({ workspace: target?.workspace });
    const graph = target && (await graphs.get(target.version.id, target.workspace));
    const node = target && graph?.nodes.get(target.node);
    if (!target || !graph || !node) throw missing(address);
    const options = hookOptions(node);
    const log = options.keepDeliveries ? logDelivery(deps, target, address) : undefined;
    try {
      await answerDelivery(address, request, response, { target, graph, node, options, log });
      await log?.answered(response.statusCode);
    } catch (error) {
      await log?.refused(error);
      throw error;
    }
  }

  async function answerDelivery(
    address: HookAddress,
    request: IncomingMessage,
    response: ServerResponse,
    { target, graph, node, options, log }: Called,
  ) {
    const { workspace, automation, version } = target;
    const { signature, gate } = options;
    if (gate && carriesFiles(request)) throw new ApiProblem('gate-files');
    const idOf = ({ kind, key }: DeliveryKey) => runIdOf(kind, workspace, automation.id, node.id, key);
    const headerKey = keyInHeader(options, request.headers);
    const provisional = headerKey ? idOf(headerKey) : newRunId();
    const delivery = await readDelivery(request, {
      query: address.query,
      limits: { body: config.HIVIEX_MAX_BODY_BYTES, file: config.HIVIEX_MAX_FILE_BYTES },
      store: objects.store,
      run: { workspace, run: provisional },
      check: signature && ((bytes) => checkSigned(deps, workspace, signature, request.headers, bytes)),
    });
    const key = headerKey ?? keyInBody(options, delivery.item);
    const keyed = key !== undefined;
    const run = key ? idOf(key) : provisional;
    if (gate) {
      const logged = log !== undefined;
      const gated = { target, graph, node, gate, item: delivery.item, id: run, keyed, logged };
      return await answerGated(deps, { request, response, workspace }, log, gated);
    }
    log?.carries(delivery.item, run);
    response.setHeader('hiviex-run', run);

    // The answer may come before the start returns, so the wait begins first.
    const limitMs = options.answerWithinMs;
    const waiting: Waiting | undefined = options.answer && answers.wait({ run, workspace, limitMs });
    if (waiting) response.once('close', waiting.leave);
    try {
      // Temporal remembers a workflow's id only as long as its history; our record outlives that.
      const known = keyed && (await readRecord(workspace, run)) !== undefined;
      const replayed =
        known ||
        (
          await startRun(deps, {
            workspace,
            automation,
            version,
            graph: graph.inline,
            trigger: { kind: 'webhook', node: node.id, name: node.name },
            items: [delivery.item],
            variables: await variablesNow(deps, workspace, graph.variables),
            priority: graph.settings.priority,
            answer: options.answer,
            run,
          })
        ).replayed;
      if (replayed) {
        response.setHeader('idempotent-replayed', 'true');
        log?.repeats();
        void delivery.discard();
      }
      if (replayed) waiting?.look();
    } catch (error) {
      waiting?.leave();
      // Whether it has started or not: its sender is told that it failed, and delivers again.
      if (!keyed) void delivery.discard();
      response.removeHeader('hiviex-run');
      throw error;
    }
    const outcome = waiting ? await waiting.outcome : { kind: 'accepted' as const };
    await writeOutcome({ request, response, store: objects.store, workspace }, run, outcome);
  }

  /** Says that a GET would be answered, without starting a run: monitors and link previews ask this way. */
  async function answerHead(address: HookAddress, response: ServerResponse) {
    if (!(await listens())) throw missing(address);
    response.statusCode = 204;
    response.end();

    async function listens(): Promise<boolean> {
      if (address.path.startsWith(resumePrefix)) return true;
      if (address.path.startsWith(testPrefix)) return (await methodsAt(address)).includes('GET');
      return (await targets.find('GET', address.path)) !== undefined;
    }
  }

  /** What a webhook is called by at an address. */
  async function methodsAt(address: HookAddress): Promise<readonly string[]> {
    const { path } = address;
    if (path.startsWith(resumePrefix)) return webhookMethods;
    if (path.startsWith(testPrefix))
      return await db.asSystem(({ testListeners }) => testListeners.methods(testedPath(address)));
    return await db.asSystem(({ webhooks }) => webhooks.methods(path));
  }

  async function answerPreflight(address: HookAddress, request: IncomingMessage, response: ServerResponse) {
    const methods = await methodsAt(address);
    if (methods.length === 0) throw missing(address);
    const headers = request.headers['access-control-request-headers'];
    response.statusCode = 204;
    response.setHeader('access-control-allow-methods', methods.join(', '));
    if (headers !== undefined) response.setHeader('access-control-allow-headers', headers);
    response.setHeader('access-control-max-age', '600');
    response.end();
  }
}

/** What a call has found. */
interface Called {
  target: WebhookTarget;
  graph: VersionGraph;
  node: GraphNode;
  options: HookOptions;
  log: DeliveryLog | undefined;
}

function missing(address: HookAddress): ApiProblem {
  const { method, path } = address;
  if (path.startsWith(testPrefix)) return notListening(address);
  return new ApiProblem('webhook-not-found', { method, path: hooksBase + path });
}
