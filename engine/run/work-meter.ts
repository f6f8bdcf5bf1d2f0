/**
 * Counts computation inside one workflow task. A task that holds its thread for long is taken for dead (Temporal allows it 10 s,
 * the deadlock detector 30 s of a thread), so after `limit` units the engine ends the task and goes on in the next. A unit is an
 * expression step; units, not clock time, decide, so that a replay yields at the same places.
 */
export class WorkMeter {
  private spent = 0;
  private readonly endTask: () => Promise<void>;
  private readonly limit: number;

  constructor(endTask: () => Promise<void>, limit = 1_000_000) {
    this.endTask = endTask;
    this.limit = limit;
  }

  spend(units: number): void {
    this.spent += units;
  }

  isSpent(): boolean {
    return this.spent >= this.limit;
  }

  async yield(): Promise<void> {
    this.spent = 0;
    await this.endTask();
  }
}
