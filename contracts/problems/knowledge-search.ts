/** Searching in knowledge bases. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const knowledgeSearchProblems = {
  'knowledge-not-shared': {
    status: 403,
    title: text(
      '"{by}" names the knowledge base {base}, which is not yours to use.',
      '"{by}" usa a base de conhecimento {base}, que não foi compartilhada com você.',
    ),
    next: text(
      'Choose another one, or ask whoever manages it to share it with you.',
      'Escolha outra ou peça a quem a gerencia que a compartilhe com você.',
    ),
  },
  'knowledge-model-failed': {
    status: 502,
    title: text(
      'The model that makes a vector of the question did not answer: {reason}',
      'O modelo que faz o vetor da pergunta não respondeu: {reason}',
    ),
    next: text(
      'Check the embedding model of the knowledge base and its provider under Models, then search again.',
      'Confira o modelo de embeddings da base e o provedor em Modelos, depois pesquise de novo.',
    ),
  },
} as const satisfies Record<string, ProblemKind>;
