// What libraries see of each file, a line of JSON each: node seeing.mjs NODE_MODULES LIBRARY FILE...
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [modules, library, ...files] = process.argv.slice(2);
const load = createRequire(path.join(path.resolve(modules), "here.js"));

const links = (entry, rel) => (entry.links ?? entry.atom?.links ?? []).filter((link) => (link.rel ?? "alternate") === rel);

const feedsmith = {
  "rss.xml": (item) => ({
    id: item.guid?.value,
    title: item.title ?? "",
    link: item.link,
    published: item.pubDate && new Date(item.pubDate).toISOString(),
    authors: item.dc?.creators ?? [],
    categories: (item.categories ?? []).map((category) => category.name),
    body: item.content?.encoded ?? "",
    summary: item.description ?? "",
    enclosures: [...(item.enclosures ?? []).map((one) => [one.url, one.type, one.length]),
      ...links(item, "enclosure").map((one) => [one.href, one.type, one.length])],
    related: links(item, "related").map((link) => [link.href, link.title ?? null]),
  }),
  "atom.xml": (entry) => ({
    id: entry.id,
    title: entry.title?.value ?? "",
    link: links(entry, "alternate")[0]?.href,
    published: entry.published,
    updated: entry.updated,
    authors: (entry.authors ?? []).map((author) => author.name),
    categories: (entry.categories ?? []).map((category) => category.term),
    body: entry.content?.value ?? "",
    summary: entry.summary?.value ?? "",
    enclosures: links(entry, "enclosure").map((one) => [one.href, one.type, one.length]),
    related: links(entry, "related").map((link) => [link.href, link.title ?? null]),
  }),
  "feed.json": (item) => ({
    id: item.id,
    title: item.title ?? "",
    link: item.url,
    published: item.date_published,
    updated: item.date_modified ?? null,
    authors: (item.authors ?? []).map((author) => author.name),
    categories: item.tags ?? [],
    body: item.content_text ? "" : item.content_html ?? "",
    summary: item.summary ?? "",
    enclosures: (item.attachments ?? []).map((one) => [one.url, one.mime_type, one.size_in_bytes]),
  }),
};

const libraries = {
  "rss-parser": async (text, name) => {
    const Parser = load("rss-parser");
    const { items } = await new Parser().parseString(text);
    return items.map((item) => ({
      id: item.guid ?? item.id,
      title: item.title ?? "",
      link: item.link,
      published: item.isoDate,
      "first author": item.creator ?? item.author,
      body: (name === "rss.xml" ? item["content:encoded"] : item.content) ?? "",
    }));
  },
  feedsmith: async (text, name) => {
    const { feed } = load("feedsmith").parseFeed(text);
    return (feed.items ?? feed.entries ?? []).map(feedsmith[name]);
  },
  "@extractus/feed-extractor": async (text, name) => {
    const extractor = load("@extractus/feed-extractor");
    const extract = name === "feed.json" ? extractor.extractFromJson : extractor.extractFromXml;
    const { entries } = extract(text, {});
    // Of Atom it takes the time of the last change for the other.
    const date = name === "atom.xml" ? "updated" : "published";
    return entries.map(({ id, title, link, published }) => ({ id, title, link, [date]: published }));
  },
};

for (const file of files) {
  console.log(JSON.stringify(await libraries[library](fs.readFileSync(file, "utf8"), path.basename(file))));
}
