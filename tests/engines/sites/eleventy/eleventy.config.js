// A site in Eleventy, below a folder of its host; each page says when it was built, in a comment.
const fs = require("node:fs");
const library = require("markdown-it")({ html: true })
  .use(require("markdown-it-anchor"), { permalink: require("markdown-it-anchor").permalink.ariaHidden({ symbol: "#" }) })
  .use(require("markdown-it-deflist"))
  .use(require("markdown-it-footnote"))
  .use(require("markdown-it-task-lists"));

module.exports = function (config) {
  config.addPlugin(require("@11ty/eleventy-plugin-syntaxhighlight"));
  config.setLibrary("md", library);
  config.addGlobalData("builtAt", () => new Date().toISOString());
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addPreprocessor("drafts", "*", (data) => (data.draft ? false : undefined));
  config.addCollection("posts", (api) => api.getFilteredByGlob("content/blog/**/*.md").sort((a, b) => a.date - b.date));
  if (process.env.FEEDS_TRUTH)
    config.addTemplate(
      "truth.11ty.js",
      class {
        data() {
          return { permalink: false, eleventyExcludeFromCollections: true };
        }
        render({ collections }) {
          const rows = collections.posts.map((post) => ({
            key: post.inputPath.replace(/^\.\//, ""),
            address: "/news" + post.url,
            title: post.data.title,
            body: post.content,
          }));
          fs.writeFileSync(process.env.FEEDS_TRUTH, JSON.stringify(rows));
          return "";
        }
      },
    );
  return {
    dir: { input: "content", includes: "_includes", layouts: "_includes", output: "public" },
    markdownTemplateEngine: false,
    pathPrefix: "/news/",
  };
};
