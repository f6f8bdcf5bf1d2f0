/** Agents and talks with them: the example, whose tool asks, one with tools and starts of its own, and a conversation that is shared. */
import type { APIRequestContext, Page } from 'playwright-core';
import { callerOf } from './caller.ts';
import type { PageShown } from './camera.ts';

export interface ChatShown {
  pages: readonly PageShown[];
  /** Of the example, to try it with. */
  agent: string;
  /** Path of the page that anybody with the link sees. */
  shared: string;
}

export async function fillChat(request: APIRequestContext, base: string): Promise<ChatShown> {
  const { call } = callerOf(request, base);
  const begin = async (agent: string, text: string) => {
    const { id } = await call<{ id: string }>('POST', '/conversations', {
      with: { kind: 'agent', id: agent },
    });
    const { answer } = await call<{ answer: string }>('POST', `/conversations/${id}/messages`, { text });
    return { id, answer };
  };
  const example = await call<{ id: string; starters: string[] }>('POST', '/agents/example');
  const asked = await begin(example.id, example.starters[0]!);

  const desk = await call<{ id: string }>('POST', '/agents', {
    name: 'Night desk',
    description: 'Looks after late orders, and hands difficult ones to people in the morning.',
    visibility: 'workspace',
    draft: nightDesk,
  });
  await call('POST', `/agents/${desk.id}/publish`, { note: 'Knows the opening hours' });
  await call('PATCH', `/agents/${desk.id}`, {
    draft: { ...nightDesk, instructions: `${nightDesk.instructions}\nNever promise a date of delivery.` },
  });
  const talk = await begin(desk.id, 'What do you do at night?');
  await answered(() => call<{ state: string }>('GET', `/conversations/${talk.id}/messages/${talk.answer}`));
  await call('PATCH', `/conversations/${talk.id}`, { title: 'What happens at night' });
  const link = await call<{ url: string }>('POST', `/conversations/${talk.id}/share-links`);
  return {
    pages: [
      ['agents', '/agents', '[data-testid="agent-row"]'],
      ['agent', `/agents/${desk.id}`, '[data-testid="agent-start"]'],
      ['chat', '/chat', '[data-testid="partner"]'],
      ['chat-new', `/chat?with=${desk.id}`, '[data-testid="first-words"]'],
      ['conversation', `/chat/${asked.id}`, '[data-testid="tool-approve"]'],
      ['models', '/models', '[data-testid="provider-row"]'],
    ],
    agent: example.id,
    shared: new URL(link.url).pathname,
  };
}

/** Says to the example what its tool asks about, beside its editor. */
export async function tryAgent(page: Page, base: string, agent: string): Promise<void> {
  await page.goto(`${base}/agents/${agent}`);
  await page.getByTestId('agent-name').waitFor();
  const tab = page.getByTestId('try-tab');
  if (await tab.isVisible()) await tab.click();
  await page.getByTestId('playground').getByTestId('starter').first().click();
  await page.getByTestId('tool-approve').waitFor();
  await page.getByTestId('trial-steps-fold').click();
}

async function answered(read: () => Promise<{ state: string }>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if ((await read()).state === 'succeeded') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The agent of the pictures did not answer.');
}

const nightDesk = {
  instructions:
    'You are the night desk of {{shop}}.\nAnswer orders that come in after ten, briefly and in the language of the customer.',
  variables: [{ name: 'shop', value: 'Harbour Store' }],
  starters: ['Which orders came in since ten?', 'What do you do at night?'],
  tools: [
    {
      kind: 'web-fetch',
      name: 'opening_hours',
      description: 'Reads when the shop is open.',
      hosts: ['harbour.example.com'],
    },
    {
      ...{
        kind: 'code',
        name: 'shipping_cost',
        description: 'Costs of a parcel by its weight in kg.',
        code: 'return { cost: 4 + 2 * $json.weight };',
      },
      parameters: { type: 'object', properties: { weight: { type: 'number' } }, required: ['weight'] },
    },
    {
      ...{ kind: 'ask-human', name: 'ask_the_team', description: 'Asks people what is to be done.' },
      approvers: [{ kind: 'role', who: 'operator' }],
    },
  ],
  starts: [
    {
      ...{
        id: 'evening',
        kind: 'schedule',
        message: 'Look at the orders of the day that are not packed yet.',
      },
      trigger: { mode: 'calendar', times: '22:00', weekDays: 'mon-fri' },
    },
    {
      ...{ id: 'placed', kind: 'event', message: '=Check order {{ $json.data.order }}.' },
      trigger: { name: 'order.placed' },
    },
  ],
};
