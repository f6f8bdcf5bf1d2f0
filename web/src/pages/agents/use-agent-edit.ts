/**
 * What is edited of an agent, saved by itself. A draft that its contract refuses (a name that comes twice, an address half typed)
 * stays here, with what is wrong beside the fields, until it is right.
 */
import { useCallback, useEffect, useMemo, useState } from 'react';
import {
  type AgentDefinition,
  type AgentVisibility,
  agentDefinition,
} from '../../../../contracts/agents/agent.ts';
import type { Agent } from '../../../../contracts/api/agents.ts';
import { getAgent, saveAgent } from '../../api/agents.ts';
import { notifyError } from '../../components/error-notice.tsx';
import { Autosaver, type SaveState } from '../editor/state/autosaver.ts';

export interface AgentValues {
  name: string;
  description: string;
  visibility: AgentVisibility;
  avatar: string | null;
  draft: AgentDefinition;
}

export interface AgentEdit {
  values: AgentValues;
  change(next: Partial<AgentValues>): void;
  changeDraft(next: Partial<AgentDefinition>): void;
  /** By path in the draft, e.g. `tools.2.name`. */
  errors: ReadonlyMap<string, string>;
  /** As it was saved last: problems, published version. */
  stored: Agent;
  setStored(agent: Agent): void;
  save: SaveState;
  /** Saves at once. True: everything is saved. */
  flush(): Promise<boolean>;
  keepMine(): Promise<void>;
  takeTheirs(): Promise<void>;
}

export function useAgentEdit(agent: Agent): AgentEdit {
  const [values, setValues] = useState(() => valuesOf(agent));
  const [stored, setStored] = useState(agent);
  const [save, setSave] = useState<SaveState>({ kind: 'saved' });
  const errors = useMemo(() => errorsOf(values.draft), [values.draft]);
  const saver = useMemo(
    () =>
      new Autosaver<AgentValues>({
        revision: agent.revision,
        async save({ name, ...others }, revision) {
          // A name under way to being typed may be empty for a moment; the rest is saved without it.
          const named = name.trim() ? { name: name.trim() } : {};
          const saved = await saveAgent(agent.id, { ...named, ...others }, revision);
          setStored(saved);
          return saved;
        },
        onState: setSave,
      }),
    [agent],
  );

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (!saver.isClean) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      void saver.flush().finally(() => saver.stop());
    };
  }, [saver]);

  const change = useCallback(
    (next: Partial<AgentValues>) => {
      const changed = { ...values, ...next };
      setValues(changed);
      if (errorsOf(changed.draft).size === 0) saver.change(changed);
    },
    [values, saver],
  );
  const takeIn = (theirs: Agent) => {
    setValues(valuesOf(theirs));
    setStored(theirs);
    saver.takeTheirs(theirs.revision);
  };
  return {
    ...{ values, errors, stored, save, change },
    changeDraft: (next) => change({ draft: { ...values.draft, ...next } }),
    setStored: takeIn,
    flush: async () => errors.size === 0 && (await saver.flush()),
    keepMine: () =>
      getAgent(agent.id).then(
        async ({ revision }) => void (await saver.keepMine(values, revision)),
        notifyError,
      ),
    takeTheirs: () => getAgent(agent.id).then(takeIn, notifyError),
  };
}

function valuesOf({ name, description, visibility, avatar, draft }: Agent): AgentValues {
  return { name, description, visibility, avatar: avatar ?? null, draft };
}

function errorsOf(draft: AgentDefinition): ReadonlyMap<string, string> {
  const { error } = agentDefinition.safeParse(draft);
  return new Map((error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]));
}
