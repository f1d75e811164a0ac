import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** What the first screen needs is asked for at once, under the names that the build gave it: the font, and the app. */
const preload: Plugin = {
  name: 'preload',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const font = Object.keys(bundle).find((file) => /inter-latin-wght-normal.*\.woff2$/.test(file))
      const app = Object.values(bundle).find(
        (one) => one.type === 'chunk' && one.facadeModuleId?.endsWith('/web/app.tsx'),
      )
      const scripts = app?.type === 'chunk' ? [app.fileName, ...app.imports] : []
      const styles = scripts.flatMap((file) => {
        const chunk = bundle[file]
        return chunk?.type === 'chunk' ? [...(chunk.viteMetadata?.importedCss ?? [])] : []
      })
      return [
        ...(font ? [link({ rel: 'preload', as: 'font', type: 'font/woff2', href: `/${font}` })] : []),
        ...[...new Set(styles)].map((file) => link({ rel: 'stylesheet', href: `/${file}` })),
        ...scripts.map((file) => link({ rel: 'modulepreload', href: `/${file}` })),
      ]
    },
  },
}

const link = (attrs: Readonly<Record<string, string>>) => ({
  tag: 'link',
  attrs: { ...attrs, crossorigin: '' },
  injectTo: 'head' as const,
})

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
  plugins: [react(), preload, compress],
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
            { name: 'german', test: /\/de\.json$/ },
            // How schemas are to behave is said in the same file that makes them possible, so it is said first.
            { name: 'schema', test: /node_modules\/zod\/|web\/core\/schemas/ },
          ],
        },
      },
    },
  },
})
