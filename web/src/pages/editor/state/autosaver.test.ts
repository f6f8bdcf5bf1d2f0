import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '../../../api/problem-error.ts';
import { Autosaver, type SaveState } from './autosaver.ts';

const problem = (status: number) => new ProblemError({ status, code: 'x', title: 'x', detail: 'x' });
const rest = { restMs: 1e9, retryMs: 1e9 };

/** A server with a revision, which may refuse. */
function server() {
  const saved: string[] = [];
  const at = { revision: 1, refuse: undefined as ProblemError | undefined };
  return {
    saved,
    at,
    async save(value: string, revision: number) {
      if (at.refuse) throw at.refuse;
      if (revision !== at.revision) throw problem(412);
      saved.push(value);
      at.revision += 1;
      return { revision: at.revision };
    },
  };
}

function start(to: ReturnType<typeof server>) {
  const states: SaveState['kind'][] = [];
  const saver = new Autosaver<string>({
    revision: 1,
    save: to.save,
    onState: ({ kind }) => states.push(kind),
    ...rest,
  });
  return { saver, states, end: () => saver.stop() };
}

describe('Autosaver', () => {
  it('saves the newest of many changes once', async () => {
    const to = server();
    const { saver, states, end } = start(to);
    for (const value of ['a', 'b', 'c']) saver.change(value);
    expect(await saver.flush()).toBe(true);
    expect(to.saved).toEqual(['c']);
    expect(states.at(-1)).toBe('saved');
    end();
  });

  it('saves what changed while it was saving, with the new revision', async () => {
    const to = server();
    const { saver, end } = start(to);
    saver.change('a');
    const done = saver.flush();
    saver.change('b');
    expect(await done).toBe(true);
    expect(to.saved).toEqual(['a', 'b']);
    end();
  });

  it('keeps the change while the server is away and sends it later', async () => {
    const to = server();
    const { saver, states, end } = start(to);
    to.at.refuse = problem(0);
    saver.change('a');
    expect(await saver.flush()).toBe(false);
    expect(states.at(-1)).toBe('offline');
    expect(saver.problem?.isOffline).toBe(true);
    expect(saver.isClean).toBe(false);
    to.at.refuse = undefined;
    expect(await saver.flush()).toBe(true);
    expect(saver.problem).toBeUndefined();
    expect(to.saved).toEqual(['a']);
    end();
  });

  it('stops at a conflict until a person chooses mine', async () => {
    const to = server();
    const { saver, states, end } = start(to);
    to.at.revision = 7;
    saver.change('mine');
    expect(await saver.flush()).toBe(false);
    expect(states.at(-1)).toBe('conflict');
    saver.change('mine 2');
    expect(await saver.flush()).toBe(false);
    expect(to.saved).toEqual([]);
    expect(await saver.keepMine('mine 2', 7)).toBe(true);
    expect(to.saved).toEqual(['mine 2']);
    end();
  });

  it('goes on from theirs when a person chooses that', async () => {
    const to = server();
    const { saver, end } = start(to);
    to.at.revision = 7;
    saver.change('mine');
    await saver.flush();
    saver.takeTheirs(7);
    expect(saver.isClean).toBe(true);
    saver.change('next');
    expect(await saver.flush()).toBe(true);
    expect(to.saved).toEqual(['next']);
    end();
  });

  it('says why a draft was refused and saves the next one', async () => {
    const to = server();
    const { saver, states, end } = start(to);
    to.at.refuse = problem(400);
    saver.change('bad');
    expect(await saver.flush()).toBe(false);
    expect(states.at(-1)).toBe('failed');
    to.at.refuse = undefined;
    saver.change('good');
    expect(await saver.flush()).toBe(true);
    expect(to.saved).toEqual(['good']);
    end();
  });
});
