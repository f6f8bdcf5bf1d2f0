import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { fieldPath, keepOthers } from './shared-fields.ts';

const toJson = { mode: ['xmlToJson'] } as const;
const toXml = { mode: ['jsonToXml'] } as const;

export const xmlNode = defineNodeType({
  type: 'xml',
  version: 1,
  role: 'effect',
  group: 'data',
  icon: 'FileTypeXml',
  label: text('XML', 'XML'),
  description: text('Turns XML into JSON, or JSON into XML.', 'Transforma XML em JSON, ou JSON em XML.'),
  keywords: ['soap', 'convert', 'parse', 'nfe', 'converter', 'nota fiscal'],
  parameters: z.object({
    mode: field(z.enum(['xmlToJson', 'jsonToXml']).default('xmlToJson'), {
      label: text('Mode', 'Modo'),
      options: {
        xmlToJson: text('XML to JSON', 'XML para JSON'),
        jsonToXml: text('JSON to XML', 'JSON para XML'),
      },
    }),
    field: fieldPath(text('Field with the XML', 'Campo com o XML'), 'data', { showWhen: toJson }),
    attributes: field(z.boolean().default(true), {
      label: text('Read attributes', 'Ler atributos'),
      showWhen: toJson,
    }),
    attributePrefix: field(z.string().max(10).default('@'), {
      label: text('Attributes begin with', 'Atributos começam com'),
    }),
    textName: fieldPath(
      text('Text beside attributes is called', 'Texto ao lado de atributos chama-se'),
      '#text',
    ),
    lists: field(z.string().default(''), {
      label: text('Always lists', 'Sempre listas'),
      help: text(
        'Names of elements, separated by commas, that become a list even when there is only one.',
        'Nomes de elementos, separados por vírgulas, que viram lista mesmo quando há só um.',
      ),
      placeholder: 'item, line',
      showWhen: toJson,
    }),
    readNumbers: field(z.boolean().default(false), {
      label: text('Read numbers and true/false', 'Ler números e true/false'),
      help: text(
        'Off, all values stay text, so that codes keep their leading zeros.',
        'Desligado, todos os valores ficam texto, e códigos mantêm os zeros à esquerda.',
      ),
      showWhen: toJson,
    }),
    removeNamespaces: field(z.boolean().default(false), {
      label: text('Remove namespace prefixes', 'Remover prefixos de namespace'),
      showWhen: toJson,
    }),
    output: fieldPath(text('Result goes to', 'O resultado vai para'), 'data', { showWhen: toXml }),
    rootName: field(z.string().trim().max(200).default('root'), {
      label: text('Name of the root element', 'Nome do elemento raiz'),
      help: text('Used when the item has more than one field.', 'Usado quando o item tem mais de um campo.'),
      showWhen: toXml,
    }),
    declaration: field(z.boolean().default(true), {
      label: text('Begin with the XML declaration', 'Começar com a declaração XML'),
      showWhen: toXml,
    }),
    indent: field(z.boolean().default(false), {
      label: text('Indent', 'Indentar'),
      showWhen: toXml,
    }),
    keepOthers: keepOthers(false),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
export type XmlParameters = z.output<typeof xmlNode.parameters>;
