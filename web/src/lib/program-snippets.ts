/** How other programs use this workspace by OpenAI's protocol. The key is for them to fill in. */
import { curl } from './curl.ts';

export interface ProgramSnippets {
  curl: string;
  javascript: string;
  python: string;
}

/** @param origin where Hiviex is. @param model as `/v1/models` names it */
export function programSnippets(origin: string, model: string): ProgramSnippets {
  const baseUrl = `${origin}/v1`;
  const named = JSON.stringify(model);
  return {
    curl: curl({
      method: 'POST',
      url: `${baseUrl}/chat/completions`,
      body: { model, messages: [{ role: 'user', content: 'Hello' }] },
    }),
    javascript: `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: '${baseUrl}',
  apiKey: process.env.HIVIEX_API_KEY,
});
const answer = await client.chat.completions.create({
  model: ${named},
  messages: [{ role: 'user', content: 'Hello' }],
});
console.log(answer.choices[0].message.content);`,
    python: `import os
from openai import OpenAI

client = OpenAI(
    base_url="${baseUrl}",
    api_key=os.environ["HIVIEX_API_KEY"],
)
answer = client.chat.completions.create(
    model=${named},
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`,
  };
}
