import type { KnowledgeAnswer } from '../../../contracts/knowledge/search.ts';
import { type Text, text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';

export const knowledgeSearchText = {
  title: text('Try a question', 'Experimente uma pergunta'),
  help: text(
    'What agents and automations find by the same question, and why.',
    'O que agentes e automações acham com a mesma pergunta, e por quê.',
  ),
  question: text('Question', 'Pergunta'),
  placeholder: text('How long is the warranty?', 'Qual é o prazo da garantia?'),
  search: text('Search', 'Pesquisar'),
  passages: text('Passages', 'Trechos'),
  threshold: text('Least likeness', 'Semelhança mínima'),
  filter: text('Filter by metadata (JSON)', 'Filtro por metadados (JSON)'),
  filterWrong: text('This is no JSON object.', 'Isto não é um objeto JSON.'),
  asBase: text('as the base says', 'como diz a base'),
  found: counted(['{count} passage', '{count} passages'], ['{count} trecho', '{count} trechos']),
  took: text('vector {embed} ms · database {search} ms', 'vetor {embed} ms · banco {search} ms'),
  tookRerank: text(' · reranking {rerank} ms', ' · reordenação {rerank} ms'),
  nothing: text('Nothing was found', 'Nada foi achado'),
  nothingHelp: text(
    'Ask in other words, lower the least likeness, or take the filter away. Documents that are still being taken in are not found yet.',
    'Pergunte com outras palavras, baixe a semelhança mínima ou retire o filtro. Documentos ainda em processamento não são achados.',
  ),
  byVector: text('Meaning', 'Sentido'),
  byText: text('Words', 'Palavras'),
  fused: text('Together', 'Juntos'),
  reranked: text('Reranked', 'Reordenado'),
  rank: text('place {rank}', 'lugar {rank}'),
  notFoundBy: text('not found by it', 'não achado por isto'),
  vectorHelp: text(
    'Likeness of its vector to that of the question, up to 1.',
    'Semelhança do seu vetor com o da pergunta, até 1.',
  ),
  textHelp: text(
    'How many of the words of the question it has, and how often.',
    'Quantas palavras da pergunta ele tem, e com que frequência.',
  ),
  fusedHelp: text(
    'From its places by both: what both find stands first.',
    'Pelos lugares nos dois: o que ambos acham vem primeiro.',
  ),
  rerankHelp: text('0 to 10, by a model that has read it.', '0 a 10, por um modelo que o leu.'),
  page: text('page {page}', 'página {page}'),
  more: text('Show all of it', 'Mostrar tudo'),
  less: text('Show less', 'Mostrar menos'),
  openDocument: text('Open in the document', 'Abrir no documento'),
  sources: text('Sources', 'Fontes'),
  pickBase: text('Choose a knowledge base', 'Escolha uma base de conhecimento'),
  bases: text('Knowledge bases', 'Bases de conhecimento'),
  basesHelp: text(
    'Where it looks. Whoever talks to the agent gets to see what it finds there.',
    'Onde ela procura. Quem conversa com o agente vê o que ela acha ali.',
  ),
  topK: text('Passages at most', 'Máximo de trechos'),
};

export const searchNoteText: Record<KnowledgeAnswer['notes'][number], Text> = {
  'not-indexed': text(
    'There are no vectors yet: this was found by words only. They are made as documents are taken in.',
    'Ainda não há vetores: isto foi achado só pelas palavras. Eles são feitos quando documentos são processados.',
  ),
  'rerank-failed': text(
    'The model that reranks did not answer: this is the order without it.',
    'O modelo que reordena não respondeu: esta é a ordem sem ele.',
  ),
};
