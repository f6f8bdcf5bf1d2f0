/** The thread in which nodes that only transform do their work. Each parser is loaded when it is first needed. */
import { StepFailure } from '../../contracts/effect.ts';
import type { Failure } from '../../contracts/run.ts';
import type { Transform, TransformOutcome, TransformTask } from './transform.ts';

const transforms: Record<string, () => Promise<Transform>> = {
  html: async () => (await import('./html/html.ts')).htmlTransform,
  xml: async () => (await import('./xml/xml.ts')).xmlTransform,
  rss: async () => (await import('./rss/rss.ts')).rssTransform,
  'extract-from-file': async () => (await import('./extract/extract.ts')).extractTransform,
  'convert-to-file': async () => (await import('./convert/convert.ts')).convertTransform,
  markdown: async () => (await import('./markdown/markdown.ts')).markdownTransform,
  knowledge: async () => (await import('../knowledge/extract/extract-transform.ts')).knowledgeTransform,
};

export default async function transform(task: TransformTask): Promise<TransformOutcome> {
  const { each, list, makeFile } = (await transforms[task.type]?.()) ?? {};
  if (task.mode === 'each' && each) return await transformEach(task, each);
  if (task.mode === 'list' && list)
    return await orFailure(async () => ({
      kind: 'list',
      items: await list(task.items, task.parameters[0] ?? {}, task.file),
    }));
  if (task.mode === 'makeFile' && makeFile)
    return await orFailure(async () => ({
      kind: 'file',
      bytes: await makeFile(task.items, task.parameters[0] ?? {}),
    }));
  throw new Error(`No transform ${task.type} in mode ${task.mode}`);
}

async function transformEach(
  { items, parameters, goesOn }: TransformTask,
  run: NonNullable<Transform['each']>,
): Promise<TransformOutcome> {
  const [everyones = {}] = parameters;
  const outcomes: (TransformOutcome & { kind: 'each' })['outcomes'] = [];
  for (const [position, json] of items.entries()) {
    try {
      const made = await run(json, parameters.length === 1 ? everyones : (parameters[position] ?? {}));
      outcomes.push({ items: made.map((one) => ({ json: one })) });
    } catch (error) {
      outcomes.push({ failure: failureOf(error) });
      if (!goesOn) break;
    }
  }
  return { kind: 'each', outcomes };
}

async function orFailure(work: () => Promise<TransformOutcome>): Promise<TransformOutcome> {
  try {
    return await work();
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  }
}

/** A class does not survive the way between threads, a failure does. */
function failureOf(error: unknown): Failure {
  if (error instanceof StepFailure) return error.failure;
  if (error instanceof RangeError && /call stack/i.test(error.message))
    return {
      code: 'too-deep',
      message: 'The data is nested too deeply to be read.',
      hint: 'Nothing made for people nests thousands of levels deep: check where it comes from.',
    };
  throw error;
}
