/** JSON to XML. Names that XML does not allow are a failure, not something almost like them. */
import { XMLBuilder } from 'fast-xml-parser';
import type { XmlParameters } from '../../../contracts/catalogue/xml.ts';
import { StepFailure } from '../../../contracts/effect.ts';
import type { JsonObject, JsonValue } from '../../../contracts/json.ts';
import { isObject } from '../../../engine/items/paths.ts';

export type ToXmlOptions = Pick<
  XmlParameters,
  'attributePrefix' | 'textName' | 'rootName' | 'declaration' | 'indent'
>;

const nameOfXml = /^[\p{L}_:][\p{L}\p{N}_:.-]*$/u;
const mostLevels = 200;

/** @throws StepFailure `bad-xml-name`, `too-deep` */
export function toXml(json: JsonObject, options: ToXmlOptions): string {
  const names = Object.keys(json);
  const only = names[0];
  // A list at the top would be several roots.
  const isRoot =
    names.length === 1 && only !== undefined && !Array.isArray(json[only]) && only !== options.textName;
  const whole: JsonObject = isRoot ? json : { [options.rootName]: json };
  check(whole, options, 0);
  const builder = new XMLBuilder({
    // An empty prefix would make every field an attribute.
    ignoreAttributes: options.attributePrefix === '',
    attributeNamePrefix: options.attributePrefix,
    textNodeName: options.textName,
    format: options.indent,
    indentBy: '  ',
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
    maxNestedTags: mostLevels + 10,
  });
  const text = String(builder.build(whole)).trimEnd();
  return options.declaration
    ? `<?xml version="1.0" encoding="UTF-8"?>${options.indent ? '\n' : ''}${text}`
    : text;
}

function check(value: JsonValue, options: ToXmlOptions, depth: number): void {
  if (depth > mostLevels) throw tooDeep();
  if (Array.isArray(value)) for (const entry of value) check(entry, options, depth + 1);
  else if (isObject(value))
    for (const [key, entry] of Object.entries(value)) {
      const { attributePrefix: prefix, textName } = options;
      const name = prefix !== '' && key.startsWith(prefix) ? key.slice(prefix.length) : key;
      if (key !== textName && !nameOfXml.test(name)) throw badName(key);
      check(entry, options, depth + 1);
    }
}

function badName(key: string): StepFailure {
  return new StepFailure({
    code: 'bad-xml-name',
    message: `"${key.slice(0, 100)}" cannot be the name of an XML element or attribute.`,
    hint: 'Names begin with a letter and hold letters, digits, "-", "_" and "." only: rename the field before this node.',
  });
}

function tooDeep(): StepFailure {
  return new StepFailure({
    code: 'too-deep',
    message: `The item nests deeper than ${mostLevels} levels.`,
    hint: 'Keep only the fields that the XML needs.',
  });
}
