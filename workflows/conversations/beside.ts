/** Work that goes on beside the turns. What becomes of it changes nothing for them. */
import { condition } from '@temporalio/workflow';

export class Beside {
  private open = 0;

  get isDone(): boolean {
    return this.open === 0;
  }

  add(work: Promise<unknown>): void {
    this.open++;
    const done = () => {
      this.open--;
    };
    work.then(done, done);
  }

  async untilDone(): Promise<void> {
    await condition(() => this.isDone);
  }
}
