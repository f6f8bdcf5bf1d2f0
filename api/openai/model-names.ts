/**
 * What `model` may say below `/v1`: `agent:support-desk`, `chain:careful`, `default`, `openai/gpt-4o-mini`. A name is made of what people
 * call the thing, where no other is called alike; its id always does as well, and stays when the thing gets another name.
 */
import { type ModelChoice, parseModelChoice } from '../../contracts/models/chain.ts';

export interface Named {
  id: string;
  name: string;
}

export interface NamedModels {
  /** Published, and the caller's to use. */
  agents: readonly Named[];
  chains: readonly Named[];
  /** The sandbox among them. */
  providers: readonly Named[];
}

export const defaultModel = 'default';

export type MeantModel = { kind: 'agent'; agent: string } | { kind: 'model'; choice: ModelChoice };

/** `Suporte à venda` → `suporte-a-venda`. Empty when nothing of it is left. */
export function slugOf(name: string): string {
  const letters = name
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
  return letters.replace(/[^\p{Letter}\p{Number}]+/gu, '-').replace(/^-|-$/g, '');
}

/** Each by the name that lists show. In the order given. */
export function shownNames(things: readonly Named[]): Map<string, string> {
  const slugs = things.map(({ name }) => slugOf(name));
  const isClear = (slug: string) => slug !== '' && slugs.indexOf(slug) === slugs.lastIndexOf(slug);
  return new Map(things.map(({ id }, at) => [id, isClear(slugs[at]!) ? slugs[at]! : id]));
}

/** @returns undefined: it leads to nothing that the caller may use */
export function meantBy(name: string, { agents, chains, providers }: NamedModels): MeantModel | undefined {
  // Whoever may ask models has the sandbox at least.
  if (name === defaultModel)
    return providers.length === 0 ? undefined : { kind: 'model', choice: { kind: 'default' } };
  const [, kind, rest = ''] = /^(agent|chain):(.+)$/s.exec(name) ?? [];
  if (kind === 'agent') {
    const agent = idOf(rest, agents);
    return agent === undefined ? undefined : { kind, agent };
  }
  if (kind === 'chain') {
    const chain = idOf(rest, chains);
    return chain === undefined ? undefined : { kind: 'model', choice: { kind, chain } };
  }
  return modelOf(name, providers);
}

function modelOf(name: string, providers: readonly Named[]): MeantModel | undefined {
  const choice = parseModelChoice(name);
  const slash = name.indexOf('/');
  const said =
    choice?.kind === 'model'
      ? choice.entry
      : { provider: name.slice(0, Math.max(0, slash)), model: name.slice(slash + 1) };
  const provider = idOf(said.provider, providers);
  if (provider === undefined || said.model === '') return undefined;
  return { kind: 'model', choice: { kind: 'model', entry: { provider, model: said.model } } };
}

function idOf(said: string, things: readonly Named[]): string | undefined {
  if (things.some(({ id }) => id === said)) return said;
  const alike = things.filter(({ name }) => slugOf(name) === said);
  return alike.length === 1 ? alike[0]!.id : undefined;
}
