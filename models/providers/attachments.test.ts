/** Pictures and PDFs in the words of each provider. */
import { expect, it } from '@jest/globals';
import type { ChatMessage } from '../../contracts/models/chat.ts';
import { toAnthropicRequest } from './anthropic-request.ts';
import { toOpenAiRequest } from './openai-request.ts';

const image = { type: 'image', name: 'a.png', mimeType: 'image/png', data: 'cGl4ZWxz' } as const;
const pdf = { type: 'document', name: 'a.pdf', data: 'JVBERg==' } as const;
const text = { type: 'text', text: 'Compare.' } as const;
const toolCalls = ['1', '2'].map((id) => ({ id, name: 'files', arguments: '{}' }));
const result = (toolCallId: string, more: object = {}): ChatMessage => ({
  ...{ role: 'tool', toolCallId, name: 'files', content: 'Shown.' },
  ...more,
});
const messages: ChatMessage[] = [
  { role: 'user', content: [image, pdf, text] },
  { role: 'assistant', content: '', toolCalls },
  result('1', { shows: [image] }),
  result('2'),
];
const asked = { model: 'm', maxTokens: 10, messages };
const ofOpenAi = (baseUrl: string) => toOpenAiRequest(asked, { baseUrl, without: new Set() }).messages;

it('OpenAI gets both, and what a tool shows behind the results of its turn', () => {
  expect(ofOpenAi('https://api.openai.com/v1')).toEqual([
    {
      role: 'user',
      content: [
        { type: 'image_url', image_url: { url: 'data:image/png;base64,cGl4ZWxz' } },
        { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERg==' } },
        text,
      ],
    },
    expect.objectContaining({ role: 'assistant' }),
    { role: 'tool', tool_call_id: '1', content: 'Shown.' },
    { role: 'tool', tool_call_id: '2', content: 'Shown.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: expect.stringContaining('files') },
        expect.objectContaining({ type: 'image_url' }),
      ],
    },
  ]);
});

it('others that speak its protocol are told of the PDF by name', () => {
  const [first] = ofOpenAi('https://models.example/v1');
  expect(first?.content).toMatchObject([
    { type: 'image_url' },
    { type: 'text', text: expect.stringMatching(/a\.pdf.*not shown/) },
    text,
  ]);
});

it('Anthropic gets both, and the picture inside the result of the tool', () => {
  const picture = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'cGl4ZWxz' } };
  const source = { type: 'base64', media_type: 'application/pdf', data: 'JVBERg==' };
  const request = toAnthropicRequest(asked);
  expect(request.messages[0]?.content).toEqual([picture, { type: 'document', source, title: 'a.pdf' }, text]);
  expect(request.messages[2]?.content).toEqual([
    { type: 'tool_result', tool_use_id: '1', content: [{ type: 'text', text: 'Shown.' }, picture] },
    { type: 'tool_result', tool_use_id: '2', content: 'Shown.' },
  ]);
});
