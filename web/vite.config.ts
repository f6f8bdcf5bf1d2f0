/** The web app: built to web/dist (the API serves it), or served by Vite with the API behind it (`HIVIEX_API` names another). */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

declare const process: { env: Record<string, string | undefined> };

const api = process.env.HIVIEX_API ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: {
    proxy: {
      '/api': api,
      '/approve': api,
      '/auth': api,
      '/forms': api,
      '/hooks': api,
      '/socket.io': { target: api, ws: true },
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // light-dark() as it is: rewritten for older browsers it no longer follows Mantine's colour scheme.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The editor (React Flow, CodeMirror) is a chunk of its own that other pages never load; what is left is one small app.
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Zod is told not to compile (CSP) in the very chunk that brings it: schemas in other chunks are made after that.
          groups: [
            { name: 'zod', test: /node_modules\/zod\/|zod-jitless/ },
            // One chunk for the code editor, loaded with the first field that needs it. Not @uiw: a group takes what it imports
            // along, and React in this chunk would load it on every page.
            {
              name: 'codemirror',
              test: /node_modules\/(@codemirror|@lezer|@marijn|crelt|style-mod|w3c-keyname)\//,
            },
          ],
        },
      },
    },
  },
});
