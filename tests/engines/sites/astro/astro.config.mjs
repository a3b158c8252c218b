import { defineConfig } from 'astro/config'

export default defineConfig({ site: 'https://news.example', publicDir: 'static', outDir: 'public', cacheDir: '.astro-cache' })
