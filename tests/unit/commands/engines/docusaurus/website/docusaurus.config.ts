// title: "A comment",
const config: Config = {
  title: 'Dinosaurs\' tides',
  tagline: "News of the coast",
  url: "https://dino.example", // as it is served
  baseUrl: "/sea/",
  i18n: { defaultLocale: "en", locales: ["en"] },
  presets: [
    ["classic", { blog: { routeBasePath: "news", feedOptions: { type: "all", limit: 5 } } }],
  ],
};
throw new Error("it was run");
