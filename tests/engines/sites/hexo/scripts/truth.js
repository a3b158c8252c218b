// Writes what Hexo knows of each article, before its theme, into the file that FEEDS_TRUTH names.
const fs = require("node:fs");

hexo.extend.filter.register("after_generate", () => {
  if (!process.env.FEEDS_TRUTH) return;
  const rows = hexo.locals
    .get("posts")
    .map((post) => ({ key: `source/${post.source}`, address: hexo.config.root + post.path, title: post.title, body: post.content }));
  fs.writeFileSync(process.env.FEEDS_TRUTH, JSON.stringify(rows));
});
