/** What is said to a run of an agent: commands, and decisions on what it asks. Each is heard once, however often it is sent. */
import { CancellationScope, condition, defineSignal, log, setHandler } from '@temporalio/workflow';
import { type AgentCommand, agentCommand, agentCommandSignal } from '../../contracts/agents/run.ts';
import type { Decision } from '../../contracts/approvals.ts';
import { decision } from '../../contracts/approvals.ts';
import { messageSignal, runMessage } from '../../contracts/run-message.ts';

const remembered = 200;

export class AgentInbox {
  isPaused: boolean;
  isStopped = false;
  /** Messages that steer it, which the model has not had yet. */
  readonly steering: string[];
  /** Cancelled by a stop: everything that is under way is in it. */
  readonly work = new CancellationScope();
  private heard: string[];
  private readonly decisions = new Map<string, Decision>();

  constructor(from: { heard: string[]; steering: string[]; isPaused: boolean }) {
    this.heard = [...from.heard];
    this.steering = [...from.steering];
    this.isPaused = from.isPaused;
    setHandler(defineSignal<[AgentCommand]>(agentCommandSignal), (given) => this.command(given));
    setHandler(defineSignal<[unknown]>(messageSignal), (given) => this.message(given));
  }

  get resumed() {
    return { heard: this.heard, steering: this.steering, isPaused: this.isPaused };
  }

  /** Resolves when it may go on. */
  async untilGoing(): Promise<void> {
    if (this.isPaused) await condition(() => !this.isPaused);
  }

  /** @param address as `addresses.step` makes it */
  async decisionOn(address: string): Promise<Decision> {
    await condition(() => this.decisions.has(address));
    return this.decisions.get(address)!;
  }

  /** A signal may come from anywhere, an operator's shell too: one that is none is left out. */
  private command(given: unknown): void {
    const { data: command, error } = agentCommand.safeParse(given);
    if (!command) {
      log.warn('A signal is no command', { error: error.message });
      return;
    }
    if (command.kind === 'pause') this.isPaused = true;
    if (command.kind === 'resume') this.isPaused = false;
    if (command.kind === 'steer' && !this.knows(command.id)) this.steering.push(command.text);
    if (command.kind !== 'stop') return;
    this.isStopped = true;
    this.work.cancel();
  }

  private message(given: unknown): void {
    const message = runMessage.safeParse(given).data;
    const decided = decision.safeParse(message?.body).data;
    if (!message || !decided) {
      log.warn('A message is no decision');
      return;
    }
    // The first one counts: everybody who is asked may decide alone.
    if (!this.knows(message.id) && !this.decisions.has(message.to)) this.decisions.set(message.to, decided);
  }

  private knows(id: string): boolean {
    if (this.heard.includes(id)) return true;
    this.heard = [...this.heard, id].slice(-remembered);
    return false;
  }
}
