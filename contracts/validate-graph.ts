/**
 * Graph validation. Every problem names its node and field, in words a builder can act on; the editor shows them on the canvas
 * and publishing refuses a graph that has any of severity `error`.
 */
import { findNodeType } from './catalogue/index.ts';
import { isExpression } from './expression.ts';
import type { Graph, GraphNode } from './graph.ts';
import type { JsonValue } from './json.ts';
import { parameterMessage } from './parameter-messages.ts';
import { portsOf } from './ports.ts';
import { type Text, text } from './text.ts';

export interface GraphProblem {
  severity: 'error' | 'warning';
  /** Stable, for programs: `node.type`, `node.parameter`, `edge.port`, … */
  code: string;
  message: Text;
  node?: string;
  nodeName?: string;
  /** Path inside the node, e.g. `parameters.assignments.0.name`. */
  field?: string;
  /** Position in `graph.edges`. */
  edge?: number;
}

export interface ValidateOptions {
  /** Gives the reason when an expression does not parse. The parser lives in `engine`, which this room can't see. */
  checkExpression?: (expression: string) => string | undefined;
}

export function validateGraph(graph: Graph, options: ValidateOptions = {}): GraphProblem[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  return [
    ...namesAndIds(graph),
    ...graph.nodes.flatMap((node) => validateNode(node, options)),
    ...graph.edges.flatMap((_, index) => validateEdge(graph, index, nodes)),
    ...wholeGraph(graph),
    ...settingsProblems(graph, options),
  ];
}

/** What a graph needs beyond being well-formed before it can be published. */
export function validateForPublish(graph: Graph, options: ValidateOptions = {}): GraphProblem[] {
  const problems = validateGraph(graph, options);
  const triggers = graph.nodes.filter(
    (node) => findNodeType(node.type)?.role === 'trigger' && !node.disabled,
  );
  if (triggers.length > 0) return problems;
  return [
    ...problems,
    {
      severity: 'error',
      code: 'graph.trigger',
      message: text(
        'Nothing can start this automation. Add a trigger: manual, webhook or schedule.',
        'Nada pode iniciar esta automação. Adicione um gatilho: manual, webhook ou agendamento.',
      ),
    },
  ];
}

/** The key of a limit is an expression over the first item: one that does not parse would fail every run. */
function settingsProblems({ settings }: Graph, { checkExpression }: ValidateOptions): GraphProblem[] {
  const key = settings.concurrencyByKey?.key;
  const reason = key === undefined ? undefined : checkExpression?.(key);
  if (reason === undefined) return [];
  return [
    {
      severity: 'error',
      code: 'settings.limit-key',
      message: text(
        `The key of the concurrency limit in the settings does not work: ${reason}`,
        `A chave do limite de simultaneidade nas configurações não funciona: ${reason}`,
      ),
      field: 'settings.concurrencyByKey.key',
    },
  ];
}

function namesAndIds(graph: Graph): GraphProblem[] {
  const problems: GraphProblem[] = [];
  const ids = new Set<string>();
  const names = new Set<string>();
  for (const node of graph.nodes) {
    if (ids.has(node.id))
      problems.push(
        onNode(
          node,
          'node.id',
          'id',
          text(`Two nodes have the id "${node.id}".`, `Dois nós têm o id "${node.id}".`),
        ),
      );
    ids.add(node.id);
    if (names.has(node.name))
      problems.push(
        onNode(
          node,
          'node.name',
          'name',
          text(
            `Two nodes are named "${node.name}". Expressions find nodes by name: rename one.`,
            `Dois nós se chamam "${node.name}". Expressões encontram nós pelo nome: renomeie um deles.`,
          ),
        ),
      );
    names.add(node.name);
  }
  return problems;
}

function validateNode(node: GraphNode, options: ValidateOptions): GraphProblem[] {
  const nodeType = findNodeType(node.type);
  if (!nodeType)
    return [
      onNode(
        node,
        'node.type',
        'type',
        text(
          `There is no node type "${node.type}". Replace the node or remove it.`,
          `Não existe o tipo de nó "${node.type}". Troque ou remova o nó.`,
        ),
      ),
    ];
  if (node.typeVersion > nodeType.version)
    return [
      onNode(
        node,
        'node.typeVersion',
        'typeVersion',
        text(
          `"${node.type}" is known up to version ${nodeType.version}, this node has ${node.typeVersion}. Update Hiviex or lower the version.`,
          `"${node.type}" é conhecido até a versão ${nodeType.version}, este nó tem ${node.typeVersion}. Atualize o Hiviex ou baixe a versão.`,
        ),
      ),
    ];
  if (node.disabled) return [];
  const problems = expressionProblems(node, node.parameters, ['parameters'], options);
  const parsed = nodeType.parameters.safeParse(node.parameters);
  if (!parsed.success)
    return [
      ...problems,
      ...parsed.error.issues.map((issue) =>
        onNode(
          node,
          'node.parameter',
          ['parameters', ...issue.path].join('.'),
          parameterMessage(issue.message),
        ),
      ),
    ];
  const checks = nodeType.check?.(parsed.data) ?? [];
  return [
    ...problems,
    ...checks.map(({ path, message }) =>
      onNode(node, 'node.parameter', ['parameters', ...path].join('.'), message),
    ),
  ];
}

function expressionProblems(
  node: GraphNode,
  value: JsonValue,
  path: (string | number)[],
  options: ValidateOptions,
): GraphProblem[] {
  if (isExpression(value)) {
    const reason = options.checkExpression?.(value);
    if (!reason) return [];
    return [onNode(node, 'node.expression', path.join('.'), text(reason, reason))];
  }
  if (Array.isArray(value))
    return value.flatMap((entry, i) => expressionProblems(node, entry, [...path, i], options));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, entry]) =>
      expressionProblems(node, entry, [...path, key], options),
    );
  return [];
}

function validateEdge(graph: Graph, index: number, nodes: Map<string, GraphNode>): GraphProblem[] {
  const edge = graph.edges[index]!;
  const source = nodes.get(edge.source);
  const target = nodes.get(edge.target);
  const problem = (message: Text): GraphProblem[] => [
    {
      severity: 'error',
      code: 'edge.port',
      message,
      edge: index,
      node: edge.source,
      ...(source && { nodeName: source.name }),
    },
  ];
  if (!source || !target) {
    const missing = source ? edge.target : edge.source;
    return problem(
      text(`A connection names the absent node "${missing}".`, `Uma conexão cita o nó ausente "${missing}".`),
    );
  }
  const sourceType = findNodeType(source.type);
  const targetType = findNodeType(target.type);
  if (!sourceType || !targetType) return []; // said for the node already
  const outputs = portsOf(sourceType, source).outputs;
  if (!outputs.some((port) => port.name === edge.sourcePort))
    return problem(
      text(
        `"${source.name}" has no output "${edge.sourcePort}". It has: ${list(outputs)}.`,
        `"${source.name}" não tem a saída "${edge.sourcePort}". Tem: ${list(outputs)}.`,
      ),
    );
  const inputs = portsOf(targetType, target).inputs;
  if (!inputs.some((port) => port.name === edge.targetPort))
    return problem(
      text(
        `"${target.name}" has no input "${edge.targetPort}". It has: ${list(inputs)}.`,
        `"${target.name}" não tem a entrada "${edge.targetPort}". Tem: ${list(inputs)}.`,
      ),
    );
  return [];
}

function wholeGraph(graph: Graph): GraphProblem[] {
  const problems: GraphProblem[] = [];
  const enabled = graph.nodes.filter((node) => !node.disabled);
  for (const node of enabled.filter(waitsForRespond)) {
    if (enabled.some((other) => other.type === 'respond')) continue;
    problems.push(
      onNode(
        node,
        'graph.respond',
        'parameters.answer',
        text(
          `"${node.name}" answers by a Respond node, but there is none. Add one, or choose another answer.`,
          `"${node.name}" responde por um nó Responder, mas não há nenhum. Adicione um ou escolha outra resposta.`,
        ),
      ),
    );
  }
  if (!isZone(graph.settings.timezone))
    problems.push({
      severity: 'error',
      code: 'graph.timezone',
      field: 'settings.timezone',
      message: text(
        `"${graph.settings.timezone}" is not a time zone. Use an IANA name such as America/Sao_Paulo.`,
        `"${graph.settings.timezone}" não é um fuso horário. Use um nome IANA, como America/Sao_Paulo.`,
      ),
    });
  const fed = new Set(graph.edges.map((edge) => edge.target));
  for (const node of enabled) {
    const nodeType = findNodeType(node.type);
    if (!nodeType || nodeType.role === 'trigger' || nodeType.role === 'annotation' || fed.has(node.id))
      continue;
    problems.push({
      ...onNode(
        node,
        'node.unreached',
        'id',
        text(
          `Nothing leads to "${node.name}": it will not run.`,
          `Nada leva a "${node.name}": não vai rodar.`,
        ),
      ),
      severity: 'warning',
    });
  }
  return problems;
}

function waitsForRespond(node: GraphNode): boolean {
  return node.type === 'webhook-trigger' && node.parameters.answer === 'respondNode';
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function list(ports: readonly { name: string }[]): string {
  return ports.map((port) => port.name).join(', ') || '–';
}

function onNode(node: GraphNode, code: string, field: string, message: Text): GraphProblem {
  return { severity: 'error', code, message, node: node.id, nodeName: node.name, field };
}
