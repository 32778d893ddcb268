/** What a reading statement is made of, in the spelling of Athena; functions end in their bracket. */
export const keywords: readonly string[] = [
  ...['SELECT', 'DISTINCT', 'FROM', 'JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN', 'CROSS JOIN', 'ON', 'USING'],
  ...['WHERE', 'GROUP BY', 'HAVING', 'ORDER BY', 'LIMIT', 'OFFSET', 'WITH', 'AS', 'UNION', 'UNION ALL', 'INTERSECT'],
  ...['EXCEPT', 'AND', 'OR', 'NOT', 'IN', 'EXISTS', 'BETWEEN', 'LIKE', 'IS NULL', 'IS NOT NULL', 'ASC', 'DESC'],
  ...['NULLS FIRST', 'NULLS LAST', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END', 'OVER', 'PARTITION BY', 'VALUES', 'NULL'],
  ...['TRUE', 'FALSE', 'DATE', 'TIMESTAMP', 'INTERVAL', 'SHOW TABLES', 'DESCRIBE', 'EXPLAIN', 'UNNEST('],
  ...['COUNT(', 'SUM(', 'AVG(', 'MIN(', 'MAX(', 'ROUND(', 'COALESCE(', 'CAST(', 'CONCAT(', 'LOWER(', 'UPPER('],
  ...['SUBSTR(', 'LENGTH(', 'DATE_TRUNC(', 'DATE_DIFF(', 'FROM_ISO8601_TIMESTAMP(', 'APPROX_DISTINCT(', 'ROW_NUMBER('],
];
