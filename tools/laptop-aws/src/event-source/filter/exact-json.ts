/** JSON whose numbers keep how they were written: 300 and 300.0 are one value and two texts. */
export type ExactJson = string | boolean | null | ExactNumber | readonly ExactJson[] | ExactObject;

export interface ExactObject {
  readonly [field: string]: ExactJson;
}

export class ExactNumber {
  readonly text: string;
  readonly value: number;

  constructor(text: string) {
    this.text = text;
    this.value = Number(text);
  }
}

export const isObject = (json: ExactJson | undefined): json is ExactObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json) && !(json instanceof ExactNumber);

/** Undefined when the text is not JSON. */
export const parseExact = (text: string): ExactJson | undefined => {
  try {
    return JSON.parse(text, keepNumber) as ExactJson;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** The third argument is younger than TypeScript's own types: the text that a primitive was parsed from. */
const keepNumber = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' ? new ExactNumber(context?.source ?? String(value)) : value;
