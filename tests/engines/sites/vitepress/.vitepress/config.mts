import fs from 'node:fs'
import footnote from 'markdown-it-footnote'
import deflist from 'markdown-it-deflist'
import tasks from 'markdown-it-task-lists'
import { createContentLoader, defineConfig } from 'vitepress'

export default defineConfig({
  title: 'The Dunwich News',
  base: '/news/',
  outDir: 'public',
  cleanUrls: true,
  ignoreDeadLinks: true,
  vite: { publicDir: 'static' },
  markdown: { math: true, lineNumbers: true, config: (md) => { md.use(footnote).use(deflist).use(tasks) } },
  themeConfig: { nav: [{ text: 'Sitenavigation', link: '/archive' }], footer: { message: 'Sitefooter' } },
  // Drafts are not known to VitePress: where they are hidden, the site's own configuration does it.
  async buildEnd() {
    if (!process.env.FEEDS_TRUTH) return
    const pages = await createContentLoader('posts/**/*.md', { render: true }).load()
    const rows = pages.map(({ url, frontmatter, html }) => {
      const path = url.replace(/\.html$/, '')
      return { key: `${path.slice(1)}.md`, address: `/news${path}`, title: frontmatter.title, body: html }
    })
    fs.writeFileSync(process.env.FEEDS_TRUTH, JSON.stringify(rows))
  },
})
