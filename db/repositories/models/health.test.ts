import { beforeEach, expect, it } from '@jest/globals';
import type { ModelErrorKind } from '../../../contracts/models/call.ts';
import { describeDatabases } from '../../testing/describe-databases.ts';
import { createWorkspace } from '../../testing/fixtures.ts';
import type { FailedCall, ModelHealthRepository } from './health.ts';

const entry = { provider: 'p', model: 'm' };

describeDatabases('The health of models', (database) => {
  let workspace: string;
  const use = <T>(work: (health: ModelHealthRepository) => Promise<T>): Promise<T> =>
    database().inWorkspace(workspace, ({ models }) => work(models.health));
  const rests = async () =>
    (await database().inWorkspace(workspace, ({ models }) => models.setup(undefined))).resting;
  const fails = (reason: ModelErrorKind, restMs: FailedCall['restMs'], tookMs = 0) =>
    use((health) => health.noteFailure(entry, reason, { restMs, tookMs, mostAtOnce: 3 }));

  beforeEach(async () => {
    workspace = await createWorkspace(database());
  });

  it('lets a model rest for everybody, and one of them try it afterwards', async () => {
    await fails('unavailable', (failures) => failures - 1);
    expect(await rests()).toMatchObject([{ ...entry, failures: 1, reason: 'unavailable' }]);
    await fails('rate-limited', () => 60_000);
    await fails('network', () => 0);
    const [rest] = await rests();
    expect(rest).toMatchObject({ failures: 3, reason: 'network' });
    expect(Date.parse(rest!.restUntil) - Date.now()).toBeGreaterThan(30_000);
    expect(await use((health) => health.claimTry(entry, 1_000))).toBe(false);

    await use((health) => health.noteSuccess(entry));
    await fails('network', () => 0);
    const claims = await Promise.all([1, 2, 3].map(() => use((health) => health.claimTry(entry, 60_000))));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('lets a model rest no longer for calls that fail with others than for those that made it rest', async () => {
    const failures = async () => (await rests())[0]?.failures;
    await Promise.all(Array.from({ length: 10 }, () => fails('network', (n) => n * 60_000, 60_000)));
    expect(await failures()).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await fails('network', (n) => n * 60_000, 1);
    expect(await failures()).toBe(4);
  });
});
