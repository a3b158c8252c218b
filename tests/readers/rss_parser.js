// What rss-parser sees of each file, a line of JSON each: node rss_parser.js NODE_MODULES FILE...
const fs = require("fs");
const path = require("path");
const [modules, ...files] = process.argv.slice(2);
const Parser = require(path.join(modules, "rss-parser"));

(async () => {
  for (const file of files) {
    const { items } = await new Parser().parseString(fs.readFileSync(file, "utf8"));
    const seen = items.map((item) => ({
      id: item.guid ?? item.id,
      title: item.title,
      link: item.link,
      published: item.isoDate,
      author: item.creator ?? item.author,
      body: file.endsWith("rss.xml") ? item["content:encoded"] : item.content,
    }));
    console.log(JSON.stringify(seen));
  }
})();
