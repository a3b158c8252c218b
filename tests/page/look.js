// What Chromium makes of pages: node look.js NODE_MODULES CHROMIUM URL... prints a line of JSON for each.
const path = require("path");
const [modules, chromium, ...urls] = process.argv.slice(2);
const puppeteer = require(path.join(modules, "puppeteer-core"));
const axe = require(path.join(modules, "axe-core")).source;
const RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SIZES = [
  { width: 1100, height: 900 },
  { width: 360, height: 800 },
];

// The texts that are shown, in the order of what they stand in, with what the style sheet adds.
function shown() {
  const found = [];
  const said = (element, part) => getComputedStyle(element, part).content.replace(/^"|"$/g, "");
  const walk = (element) => {
    const style = getComputedStyle(element);
    if (style.display === "none" || style.visibility === "hidden") return;
    const own = [...element.childNodes].filter((node) => [3, 4].includes(node.nodeType));
    const before = said(element, "::before");
    if (before && before !== "none") found.push(before);
    const text = own.map((node) => node.data.trim()).join("");
    if (text) found.push(text);
    [...element.children].forEach(walk);
    const after = said(element, "::after");
    if (after && after !== "none") found.push(after);
  };
  walk(document.documentElement);
  return found;
}

async function look(page, url) {
  const looks = [];
  const failed = [];
  page.on("requestfailed", (request) => failed.push(request.url()));
  for (const scheme of ["light", "dark"]) {
    for (const size of SIZES) {
      await page.setViewport(size);
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      const answer = await page.goto(url);
      const is_html = await page.evaluate(() => document.documentElement.localName === "html");
      let violations = [];
      if (is_html) {
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        await page.evaluate(axe);
        const found = await page.evaluate((rules) => window.axe.run(document, { runOnly: rules }), RULES);
        violations = found.violations.map((one) => `${one.id}: ${one.nodes[0].html}`);
      }
      const root = await page.evaluate(() => {
        const style = getComputedStyle(document.documentElement);
        return { width: document.documentElement.scrollWidth, background: style.backgroundColor, color: style.color };
      });
      looks.push({ scheme, ...size, root, violations, type: answer.headers()["content-type"] });
    }
  }
  const name = await page.evaluate(() => document.documentElement.localName);
  return { url, name, looks, failed, shown: await page.evaluate(shown) };
}

(async () => {
  const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
  for (const url of urls) {
    const page = await browser.newPage();
    console.log(JSON.stringify(await look(page, url)));
    await page.close();
  }
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
