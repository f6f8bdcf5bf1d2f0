/** Why an expression could not be parsed or evaluated; stable, so callers may switch on it. */
export type ExpressionErrorCode =
  /** The text is not a JavaScript expression. */
  | 'syntax'
  /** Valid JavaScript that this language leaves out, such as `class` or `await`. */
  | 'unsupported'
  /** Something that could lead out of the sandbox, such as `constructor` or `$env`. */
  | 'forbidden'
  /** Too many steps, too much text, nested too deeply. */
  | 'budget'
  /** A name that does not exist: a global, a node, a field of `$input`. */
  | 'reference'
  /** A value of the wrong kind: calling a number, an unknown method, an invalid date. */
  | 'type';

/** The error as plain JSON, for run records and API answers. */
export interface SerializedExpressionError {
  name: 'ExpressionError';
  code: ExpressionErrorCode;
  message: string;
  column?: number;
  expression?: string;
}

/**
 * The only error that leaves this folder. `column` counts from 1 after the leading `=`, as the field in the
 * editor shows it; `expression` is the parameter's text, shortened.
 */
export class ExpressionError extends Error {
  readonly code: ExpressionErrorCode;
  column: number | undefined;
  expression: string | undefined;

  constructor(code: ExpressionErrorCode, message: string, column?: number) {
    super(message);
    this.name = 'ExpressionError';
    this.code = code;
    this.column = column;
  }

  toJSON(): SerializedExpressionError {
    return {
      name: 'ExpressionError',
      code: this.code,
      message: this.message,
      ...(this.column === undefined ? {} : { column: this.column }),
      ...(this.expression === undefined ? {} : { expression: this.expression }),
    };
  }
}

/**
 * Thrown when an expression reaches through a missing value (`$json.a.b` where `a` is absent). As in n8n the
 * whole `{{ }}` block is then `undefined`. One shared object, because it is normal and must cost no stack trace.
 */
export const MISSING: unique symbol = Symbol('missing value');
