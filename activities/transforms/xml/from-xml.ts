/** XML to JSON. Entities of a document type are refused, not expanded: no bombs, no files of the server. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { XmlParameters } from '../../../contracts/catalogue/xml.ts';
import { StepFailure } from '../../../contracts/effect.ts';
import type { JsonObject } from '../../../contracts/json.ts';

const mostLevels = 200;

export type FromXmlOptions = Pick<
  XmlParameters,
  'attributes' | 'attributePrefix' | 'textName' | 'lists' | 'readNumbers' | 'removeNamespaces'
>;

/** @throws StepFailure `bad-xml` with line and column, `xml-entities`, `too-deep` */
export function fromXml(xml: string, options: FromXmlOptions): JsonObject {
  const text = xml.trim();
  if (text === '') throw badXml('it is empty');
  if (/<!ENTITY/i.test(text)) throw entities();
  const valid = XMLValidator.validate(text, { allowBooleanAttributes: true });
  if (valid !== true) {
    const { msg, line, col } = valid.err;
    throw badXml(`line ${line}, column ${col}: ${msg.slice(0, 300)}`);
  }
  const lists = new Set(options.lists.split(',').map((name) => name.trim()));
  const parser = new XMLParser({
    ignoreAttributes: !options.attributes,
    attributeNamePrefix: options.attributePrefix,
    textNodeName: options.textName,
    removeNSPrefix: options.removeNamespaces,
    parseTagValue: options.readNumbers,
    parseAttributeValue: options.readNumbers,
    numberParseOptions: { hex: false, leadingZeros: false, eNotation: false },
    allowBooleanAttributes: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    // Those of XML itself and numeric ones; there can be no others.
    processEntities: { enabled: true, maxTotalExpansions: 10_000_000, maxExpandedLength: 50_000_000 },
    htmlEntities: true,
    maxNestedTags: mostLevels,
    // They become fields of their own; those that would reach a prototype are refused by the parser itself.
    onDangerousProperty: (name) => name,
    isArray: (name, _path, _leaf, isAttribute) => !isAttribute && lists.has(name),
  });
  try {
    return parser.parse(text) as JsonObject;
  } catch (error) {
    const { message } = error as Error;
    if (/nested/i.test(message)) throw tooDeep();
    throw badXml(message.slice(0, 300));
  }
}

function badXml(why: string): StepFailure {
  return new StepFailure({
    code: 'bad-xml',
    message: `The text is not valid XML: ${why}.`,
    hint: 'Look at the text itself: a page of HTML, often an error or a sign-in page, is no XML.',
  });
}

function entities(): StepFailure {
  return new StepFailure({
    code: 'xml-entities',
    message:
      'The XML defines entities of its own, which are not read: they can grow without end, or read files.',
    hint: 'Ask for the document without <!ENTITY …>, or take the definitions out before this node.',
  });
}

function tooDeep(): StepFailure {
  return new StepFailure({
    code: 'too-deep',
    message: `The XML nests deeper than ${mostLevels} levels.`,
    hint: 'Nothing made for people nests that deep: check where it comes from.',
  });
}
