import { defineConfig } from 'vite';

export default defineConfig({
  // Everything comes from files of the page's own origin: its Content-Security-Policy allows nothing inline.
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
