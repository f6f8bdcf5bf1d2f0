/** The text of a PDF. */
import { extractText, getDocumentProxy } from 'unpdf';
import { StepFailure } from '../../../contracts/effect.ts';

/** @throws StepFailure `pdf-password`, `bad-pdf` */
export async function readPdf(file: Uint8Array, password: string): Promise<{ text: string; pages: number }> {
  try {
    const document = await getDocumentProxy(file, password === '' ? {} : { password });
    const { text, totalPages } = await extractText(document, { mergePages: true });
    return { text, pages: totalPages };
  } catch (error) {
    if ((error as Error).name === 'PasswordException') throw locked(password !== '');
    throw new StepFailure({
      code: 'bad-pdf',
      message: 'The file is no PDF that can be read.',
      hint: 'It may be cut short, or be something else under this name. Open it yourself to see.',
    });
  }
}

function locked(given: boolean): StepFailure {
  return new StepFailure({
    code: 'pdf-password',
    message: given ? 'The password does not open the PDF.' : 'The PDF asks for a password.',
    hint: 'Put it into a secret variable, and that into the field "Password": ={{ $vars.PDF_PASSWORD }}.',
  });
}
