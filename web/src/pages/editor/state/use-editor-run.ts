/** Running from the editor: save, start, follow over the socket, stop. Events are taken in once per frame. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Item } from '../../../../../contracts/item.ts';
import type { RunEvent } from '../../../../../contracts/run.ts';
import { isTerminal } from '../../../../../contracts/states.ts';
import { cancelRun, getRun, listRuns, startRunRequest } from '../../../api/runs.ts';
import { watchRun } from '../../../api/socket.ts';
import { notifyError } from '../../../components/error-notice.tsx';
import { applyEvents, emptyOverlay, overlayOf } from '../../../graph/run-overlay.ts';
import type { Scene } from '../../../graph/scene.ts';

export interface EditorRun {
  /** `trigger` undefined: the manual trigger, else the first. */
  start(options?: { items?: Item[]; trigger?: string }): Promise<void>;
  /** This node, on what the run on the canvas gave before it; `onwards` with all behind it. */
  startPart(node: string, onwards: boolean): Promise<void>;
  /** Shows a run that something else started. */
  follow(run: string): void;
  stop(): Promise<void>;
  clear(): void;
  isStarting: boolean;
}

/** Milliseconds between looks at a run whose events do not come. */
const lookAgainMs = 1_000;

export function useEditorRun(
  automation: string,
  scene: Scene['store'],
  flush: () => Promise<boolean>,
): EditorRun {
  const [watched, setWatched] = useState<string>();
  const [isStarting, setIsStarting] = useState(false);
  const pending = useRef<{ events: RunEvent[]; partial: boolean; frame: number }>({
    events: [],
    partial: false,
    frame: 0,
  });

  // What ran last is what the builder wants to look at when the editor opens.
  useEffect(() => {
    let gone = false;
    const load = async () => {
      const [last] = (await listRuns({ automation }, 1)).items;
      if (!last || gone || scene.getState().overlay) return;
      const run = await getRun(last.id);
      if (gone || scene.getState().overlay) return;
      scene.setState({ overlay: overlayOf(run) });
      if (!isTerminal(run.state)) setWatched(run.id);
    };
    load().catch(() => {}); // Without the last run the editor merely has no data to show yet.
    return () => {
      gone = true;
    };
  }, [automation, scene]);

  useEffect(() => {
    if (watched === undefined) return;
    const queue = pending.current;
    // Events can be lost (they are never stored), and those before we joined were never sent to us; the record has them all.
    const look = async () => {
      const run = await getRun(watched).catch(() => undefined);
      const overlay = scene.getState().overlay;
      if (!run || overlay?.run !== watched) return;
      const fromRecord = overlayOf(run);
      if (isTerminal(run.state) || fromRecord.steps.size > overlay.steps.size)
        scene.setState({ overlay: { ...fromRecord, seq: overlay.seq } });
      // The record may be a moment behind the events: only its own end is the end.
      if (isTerminal(run.state)) setWatched(undefined);
    };
    const takeIn = () => {
      queue.frame = 0;
      const { events, partial } = queue;
      queue.events = [];
      queue.partial = false;
      const overlay = scene.getState().overlay;
      if (overlay?.run !== watched) return;
      const next = applyEvents(overlay, events, partial);
      if (next === overlay) return;
      scene.setState({ overlay: next });
      // The stored steps have what the events left out.
      if (isTerminal(next.state)) void look();
    };
    const stop = watchRun(
      watched,
      ({ events, partial }) => {
        queue.events.push(...events);
        queue.partial ||= partial ?? false;
        queue.frame ||= requestAnimationFrame(takeIn);
      },
      () => void look(),
    );
    const timer = setInterval(look, lookAgainMs);
    return () => {
      stop();
      clearInterval(timer);
      cancelAnimationFrame(queue.frame);
      queue.frame = 0;
      queue.events = [];
    };
  }, [watched, scene]);

  const follow = useCallback<EditorRun['follow']>(
    (id) => {
      scene.setState({ overlay: emptyOverlay(id) });
      setWatched(id);
    },
    [scene],
  );
  const begin = useCallback(
    async (options: () => Omit<Parameters<typeof startRunRequest>[1], 'draft'>) => {
      setIsStarting(true);
      try {
        if (!(await flush())) return;
        const { id } = await startRunRequest(automation, { draft: true, ...options() });
        follow(id);
      } catch (error) {
        notifyError(error);
      } finally {
        setIsStarting(false);
      }
    },
    [automation, flush, follow],
  );
  const start = useCallback<EditorRun['start']>((options = {}) => begin(() => options), [begin]);
  const startPart = useCallback<EditorRun['startPart']>(
    (node, onwards) =>
      begin(() => {
        const last = scene.getState().overlay;
        const reuse = last && isTerminal(last.state) ? last.run : undefined;
        return { part: { node, onwards, ...(reuse !== undefined && { reuse }) } };
      }),
    [begin, scene],
  );
  const stop = useCallback(async () => {
    const run = scene.getState().overlay?.run;
    if (run) await cancelRun(run).catch(notifyError);
  }, [scene]);
  const clear = useCallback(() => {
    setWatched(undefined);
    scene.setState({ overlay: undefined });
  }, [scene]);
  return { start, startPart, follow, stop, clear, isStarting };
}
