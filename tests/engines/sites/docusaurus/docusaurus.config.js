import katex from "rehype-katex";
import math from "remark-math";

export default {
  title: "The Dunwich News",
  url: "https://news.example",
  baseUrl: "/news/",
  onBrokenLinks: "ignore",
  onBrokenAnchors: "ignore",
  onDuplicateRoutes: "throw",
  markdown: { hooks: { onBrokenMarkdownLinks: "ignore", onBrokenMarkdownImages: "ignore" } },
  presets: [
    [
      "classic",
      {
        docs: false,
        blog: {
          postsPerPage: 5,
          onInlineTags: "ignore",
          onUntruncatedBlogPosts: "ignore",
          remarkPlugins: [math],
          rehypePlugins: [katex],
        },
      },
    ],
  ],
  themeConfig: { navbar: { title: "Sitenavigation", items: [{ to: "/blog", label: "Blog" }] } },
};
