/**
 * Answers a call of a webhook with a gate: always 202, for a sender that is refused may come again and again or stop for good, which
 * whoever set the gate did not ask for. The body says what became of it.
 */
import type { ApiDeps } from '../deps.ts';
import { languageOf } from '../problems.ts';
import type { Call } from './call.ts';
import type { DeliveryLog } from './delivery-log.ts';
import { type GateState, gateAnswer } from './gate-answer.ts';
import { type GatedCall, passCall } from './pass-call.ts';

/** @throws ApiProblem `gate-key`; what is thrown when Temporal can't be reached */
export async function answerGated(
  deps: Pick<ApiDeps, 'db' | 'temporal'>,
  { request, response, workspace }: Pick<Call, 'request' | 'response' | 'workspace'>,
  log: DeliveryLog | undefined,
  call: GatedCall,
): Promise<void> {
  const { settings } = call.gate;
  const { state, run } = await becomes();
  if (state.kind === 'known') response.setHeader('idempotent-replayed', 'true');
  if (run !== undefined) response.setHeader('hiviex-run', run);
  const language = languageOf(request.headers['accept-language']);
  response.statusCode = 202;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('content-language', language);
  response.end(JSON.stringify(gateAnswer(settings, state, run, language)));

  async function becomes(): Promise<{ state: GateState; run: string | undefined }> {
    const { id, item, keyed } = call;
    // Its run outlives what the gate remembers.
    const hasRun = keyed && (await deps.db.inWorkspace(workspace, ({ runs }) => runs.get(id))) !== undefined;
    if (hasRun) {
      log?.carries(item, id);
      log?.repeats();
      return { state: { kind: 'known' }, run: id };
    }
    const before = await log?.holds(item, id);
    const verdict = await passCall(deps, call);
    if (verdict.kind === 'dropped') {
      await log?.gated(verdict.reason, undefined);
      return { state: verdict, run: undefined };
    }
    if (verdict.kind === 'known' || before?.isKnown) return { state: { kind: 'known' }, run: before?.run };
    if (settings.kind !== 'throttle') return { state: { kind: 'held' }, run: undefined };
    return { state: { kind: settings.over === 'queue' ? 'queued' : 'passed' }, run: id };
  }
}
