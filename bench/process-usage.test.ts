import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import { cpuMs, threadCpuMs } from './process-usage.ts';

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('threadCpuMs', () => {
  it('tells a worker thread from the main one', async () => {
    const busy = new Worker('for (;;);', { eval: true });
    try {
      let workflow = 0;
      while (workflow < 50) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        workflow = threadCpuMs(process.pid)!.workflow;
      }
      const { main, others } = threadCpuMs(process.pid)!;
      expect(main).toBeGreaterThan(0);
      // What threads did that have ended counts for the process only.
      expect(main + workflow + others).toBeLessThanOrEqual(cpuMs([process.pid]));
    } finally {
      await busy.terminate();
    }
  });

  it('says nothing about a process that has ended', () => {
    expect(threadCpuMs(2 ** 30)).toBeUndefined();
    expect(cpuMs([2 ** 30])).toBe(0);
  });
});
