import { basename, dirname } from 'node:path';

// How every handler is bundled: src/handler.ts becomes index.mjs, src/push/handler.ts becomes push.mjs.
// The banner gives the CommonJS parts of the AWS SDK the `require` that ES modules lack.
export default {
  outExtension: { '.js': '.mjs' },
  legalComments: 'none',
  // The AWS SDK as ES modules, of which a bundle takes what it uses: as CommonJS it is a quarter more to load.
  mainFields: ['module', 'main'],
  banner: { js: "import{createRequire as acmeRequire}from'node:module';const require=acmeRequire(import.meta.url);" },
  plugins: [
    {
      name: 'one-file-per-handler',
      setup: ({ initialOptions: options }) => {
        const points = options.entryPoints ?? [];
        const list = Array.isArray(points)
          ? points.map((point) => (typeof point === 'string' ? point : point.in))
          : Object.values(points);
        options.entryPoints = Object.fromEntries(list.map((file) => [nameOf(file), file]));
        options.outdir ??= dirname(options.outfile);
        delete options.outfile;
      },
    },
  ],
};

const nameOf = (file) => (basename(dirname(file)) === 'src' ? 'index' : basename(dirname(file)));
