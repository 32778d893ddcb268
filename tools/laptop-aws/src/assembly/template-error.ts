/** Where in the templates something stands: `path` is dotted, from the resource, output or condition down. */
export interface TemplatePlace {
  readonly stack: string;
  readonly logicalId: string;
  readonly path?: string;
}

/** A place inside another. */
export const below = (place: TemplatePlace, key: string | number): TemplatePlace => ({
  ...place,
  path: place.path ? `${place.path}.${key}` : String(key),
});

/** A template that the laptop platform cannot build; the message names the place and says what to do. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  constructor({ stack, logicalId, path }: TemplatePlace, problem: string, remedy: string, options?: ErrorOptions) {
    super(`${stack}/${logicalId}${path ? ` at ${path}` : ''}: ${problem}; ${remedy}`, options);
  }
}
