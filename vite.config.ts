import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** The one font that the first screen needs is asked for at once, under the name that the build gave it. */
const preloadFont: Plugin = {
  name: 'preload-font',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle }) {
      const font = Object.keys(bundle ?? {}).find((file) => /inter-latin-wght-normal.*\.woff2$/.test(file))
      if (!font) return []
      const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${font}`, crossorigin: '' }
      return [{ tag: 'link', attrs, injectTo: 'head' as const }]
    },
  },
}

/** Beside each text a smaller one, made once: the desk sends whichever the browser takes. */
const compress: Plugin = {
  name: 'compress',
  async writeBundle({ dir = '' }, bundle) {
    const texts = Object.keys(bundle).filter((file) => /\.(js|css|svg|html)$/.test(file))
    await Promise.all(
      texts.map(async (file) => {
        const path = join(dir, file)
        const text = await readFile(path)
        await writeFile(`${path}.br`, await promisify(brotliCompress)(text))
        await writeFile(`${path}.gz`, await promisify(gzip)(text, { level: 9 }))
      }),
    )
  },
}

export default defineConfig({
  plugins: [react(), preloadFont, compress],
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:8484' } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'route', test: /node_modules\/@tanstack\// },
            // How schemas are to behave is said in the same file that makes them possible, so it is said first.
            { name: 'schema', test: /node_modules\/zod\/|web\/core\/schemas/ },
          ],
        },
      },
    },
  },
})
