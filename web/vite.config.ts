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
      '/hooks': api,
      '/socket.io': { target: api, ws: true },
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The editor (React Flow, CodeMirror) is a chunk of its own that other pages never load; what is left is one small app.
    chunkSizeWarningLimit: 900,
  },
});
