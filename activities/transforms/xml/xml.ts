/** The XML node. */
import type { XmlParameters } from '../../../contracts/catalogue/xml.ts';
import { textField, withField } from '../fields.ts';
import type { Transform } from '../transform.ts';
import { fromXml } from './from-xml.ts';
import { toXml } from './to-xml.ts';

export const xmlTransform: Transform = {
  each: (json, given) => {
    const parameters = given as unknown as XmlParameters;
    if (parameters.mode === 'jsonToXml')
      return [withField(json, parameters.output, toXml(json, parameters), parameters.keepOthers)];
    const made = fromXml(textField(json, parameters.field), parameters);
    return [parameters.keepOthers ? { ...json, ...made } : made];
  },
};
