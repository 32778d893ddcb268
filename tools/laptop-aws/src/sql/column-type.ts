/** Hive's simple types in DuckDB; the parameters of char and varchar only bound a length. */
const simple: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  varchar: 'VARCHAR',
  char: 'VARCHAR',
  boolean: 'BOOLEAN',
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  int: 'INTEGER',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  binary: 'BLOB',
};

/** A column's type of the Glue catalog in DuckDB's words. @throws Error for a type that Hive does not have */
export const duckDbType = (hiveType: string): string => {
  const type = hiveType.trim().toLowerCase();
  const nested = /^(array|map|struct)<(.*)>$/s.exec(type);
  if (nested) {
    const [, kind, inner] = nested as unknown as [string, string, string];
    const parts = topLevelParts(inner);
    if (kind === 'array') return `${duckDbType(inner)}[]`;
    if (kind === 'map') return `MAP(${parts.map(duckDbType).join(', ')})`;
    const fields = parts.map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)] as const);
    return `STRUCT(${fields.map(([name, field]) => `${quotedName(name)} ${duckDbType(field)}`).join(', ')})`;
  }
  if (/^decimal(\(\d+(,\s*\d+)?\))?$/.test(type)) return type === 'decimal' ? 'DECIMAL(10, 0)' : type.toUpperCase();
  const known = simple[type.replace(/\(\d+\)$/, '')];
  if (known === undefined) throw new Error(`the catalog has a column of type ${hiveType}, which is no Hive type`);
  return known;
};

export const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const quotedText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Splits at the commas outside of brackets. */
const topLevelParts = (types: string): string[] => {
  const parts = [''];
  let depth = 0;
  for (const char of types) {
    if (char === '<' || char === '(') depth++;
    if (char === '>' || char === ')') depth--;
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
};
