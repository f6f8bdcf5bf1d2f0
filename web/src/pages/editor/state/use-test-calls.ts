/** Listening for a test call of a trigger: one at a time in an editor, whatever is selected meanwhile. */
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { TestListener } from '../../../../../contracts/api/test-listeners.ts';
import { getTestListener, listenForTest, stopListening } from '../../../api/test-listeners.ts';
import { notifyError } from '../../../components/error-notice.tsx';

export interface TestCalls {
  /** The last one that this editor began. */
  listener: TestListener | undefined;
  /** Saves the draft first. */
  listen(node: string): Promise<void>;
  stop(): Promise<void>;
  isStarting: boolean;
}

/** Absent for who may not run the draft. */
export const TestCallsContext = createContext<TestCalls | undefined>(undefined);
export const useTestCallsHere = () => useContext(TestCallsContext);

/** Milliseconds between looks at whether the call has come. */
const lookAgainMs = 1_000;

/** @param follow shows the run that the call started */
export function useTestCalls(
  automation: string,
  flush: () => Promise<boolean>,
  follow: (run: string) => void,
): TestCalls {
  const [listener, setListener] = useState<TestListener>();
  const [isStarting, setIsStarting] = useState(false);
  const node = listener?.state === 'listening' ? listener.node : undefined;

  useEffect(() => {
    if (node === undefined) return;
    let gone = false;
    const look = async () => {
      // Out of reach for a moment: the next look tells.
      const found = await getTestListener(automation, node).catch(() => undefined);
      if (gone || !found) return;
      setListener(found);
      if (found.run !== undefined) follow(found.run);
    };
    const timer = setInterval(() => void look(), lookAgainMs);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [automation, node, follow]);

  const listen = useCallback(
    async (which: string) => {
      setIsStarting(true);
      try {
        if (await flush()) setListener(await listenForTest(automation, which));
      } catch (error) {
        notifyError(error);
      } finally {
        setIsStarting(false);
      }
    },
    [automation, flush],
  );
  const stop = useCallback(async () => {
    setListener(undefined);
    if (node !== undefined) await stopListening(automation, node).catch(notifyError);
  }, [automation, node]);
  return useMemo(() => ({ listener, listen, stop, isStarting }), [listener, listen, stop, isStarting]);
}
