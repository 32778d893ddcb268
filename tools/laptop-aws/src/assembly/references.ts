/** The logical ids that a template value names by Ref, Fn::GetAtt or Fn::Sub; parameters and pseudo parameters too. */
export const referencesIn = (value: unknown): ReadonlySet<string> => {
  const found = new Set<string>();
  collect(value, found);
  return found;
};

/** `${Name}`, `${Name.Attribute}` and `${!literal}` of Fn::Sub. */
export const substitution = /\$\{(!?)([^}]*)\}/g;

const collect = (value: unknown, found: Set<string>): void => {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'Ref' && typeof inner === 'string') found.add(inner);
      else if (key === 'Fn::GetAtt') found.add(String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] as string);
      else if (key === 'Fn::Sub') collectSubstitutions(inner, found);
      collect(inner, found);
    }
  }
};

const collectSubstitutions = (inner: unknown, found: Set<string>): void => {
  const text: unknown = Array.isArray(inner) ? inner[0] : inner;
  for (const [, literal, name] of String(text).matchAll(substitution)) {
    if (literal !== '!') found.add((name as string).split('.')[0] as string);
  }
};
