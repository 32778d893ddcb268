// Rules about imports that eslint does not hold, for dependency-cruiser.
export default {
  forbidden: [
    {
      name: 'no circles',
      comment: 'Files that import each other, by types alone too, are one thought in two places: move what both need.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|dist|cdk\\.out)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
