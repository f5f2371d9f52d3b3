// Builds what browsers get, two style sheets, a script and a sprite under static/, from this folder, the npm packages
// and the templates. The same input gives the same bytes, so that CI can compare.
// The icons of other formats under static/img/ are drawn once from icons/mark.svg.
import { readdirSync, readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import { compile } from "sass";

const HERE = dirname(fileURLToPath(import.meta.url));
const STATIC = join(HERE, "..", "static");
const TEMPLATES = join(HERE, "..", "templates");
const USWDS = join(HERE, "node_modules", "@uswds", "uswds");
const TARGET = ["es2020", "chrome111", "firefox113", "safari16.2"];

// Icons taken from USWDS as they are; our own drawings lie in icons/.
const USWDS_ICONS = ["arrow_forward", "chevron_left", "chevron_right", "file_download", "launch", "rss_feed"];
// What no page has: disabled controls, a search field, components inside running text, buttons in the menu, icons of
// alerts, hints for browsers of the past.
const UNUSED_SELECTORS = [
  /:disabled|(?<!:not\()\[(disabled|multiple)\]|\[(role|type)=.?search/,
  /^\.usa-prose( >)? (\.usa-|h1|table)/,
  /\.usa-nav\S* (> \S+ > )?(button|\.usa-accordion|\.usa-current)|> \.usa-current/,
  /\.usa-alert__body(::?before| > \*)$/,
  /::-ms-|:-moz-focusring|:-webkit-autofill/,
];
// Elements of running text, and classes that a template puts together from a value.
const RUNNING_TEXT = ["html", "body", "h2", "h3", "h4", "ul", "ol", "li", "b", "i"];
const SAFE = [...RUNNING_TEXT, /^:/, /^usa-(site-)?alert--(info|warning|emergency)$/, /^results-(focus|level|series)-/];

/** Custom properties take the place of the theme's colours, so that dark mode is one block of values. */
function customProperties() {
  const names = new Map();
  const background = /^(background(-color)?|border(-[a-z]+)*)$/;
  return {
    postcssPlugin: "custom-properties",
    Once(root) {
      const light = root.nodes.find((rule) => rule.selector === ":root");
      light?.walkDecls(/^--/, ({ prop, value }) => names.set(value, prop));
      root.walkDecls((declaration) => {
        if (declaration.prop.startsWith("--")) return;
        declaration.value = declaration.value.replace(/#[0-9a-f]{3,6}\b|\bwhite\b/gi, (colour) => {
          // White is paper behind things, but stays white as the colour of words on navy.
          const known = colour !== "white" || background.test(declaration.prop) ? names.get(colour) : undefined;
          return known ? `var(${known})` : colour;
        });
      });
    },
  };
}

/** Drops the selectors that PurgeCSS has to keep because their parts are in use somewhere. */
function withoutUnused() {
  const isUnused = (selector) => UNUSED_SELECTORS.some((pattern) => pattern.test(selector));
  return {
    postcssPlugin: "without-unused",
    Rule(rule) {
      const kept = rule.selectors.filter((selector) => !isUnused(selector));
      if (kept.length === 0) rule.remove();
      else if (kept.length < rule.selectors.length) rule.selectors = kept;
    },
  };
}

/** Icons come from the sprite and fonts from the root: nothing in the style sheet asks for another file. */
function withoutFiles() {
  return {
    postcssPlugin: "without-files",
    Once(root) {
      root.walkAtRules("supports", (rule) => void (rule.params.includes("url(") && rule.remove()));
      root.walkDecls((declaration) => {
        const isRepeatedFont = declaration.prop === "font-family" && declaration.value.includes("BlinkMacSystemFont");
        const isRoot = declaration.parent.selector === "html";
        if (declaration.value.includes("url(") || (isRepeatedFont && !isRoot)) declaration.remove();
      });
      root.walkRules((rule) => void (rule.nodes.length === 0 && rule.remove()));
    },
  };
}

async function styles(sheet) {
  const loadPaths = [join(HERE, "sass"), join(USWDS, "packages")];
  const { css } = compile(join(HERE, "sass", sheet), { loadPaths, quietDeps: true });
  const content = readdirSync(TEMPLATES, { recursive: true })
    .filter((name) => name.endsWith(".html") && !name.startsWith("wagtailadmin"))
    .sort()
    .map((name) => ({ raw: readFileSync(join(TEMPLATES, name), "utf8"), extension: "html" }));
  const [purged] = await new PurgeCSS().purge({ content, css: [{ raw: css }], safelist: SAFE, keyframes: true });
  const steps = [withoutUnused(), withoutFiles(), customProperties()];
  const { css: coloured } = await postcss(steps).process(purged.css, { from: undefined });
  const { code } = await transform(coloured, { loader: "css", minify: true, target: TARGET });
  return code;
}

async function scripts() {
  const options = { bundle: true, format: "iife", minify: true, target: TARGET, write: false };
  const { outputFiles } = await build({ ...options, entryPoints: [join(HERE, "js", "results.js")] });
  return outputFiles[0].text;
}

function sprite() {
  const own = readdirSync(join(HERE, "icons")).map((name) => [name.replace(".svg", ""), join(HERE, "icons", name)]);
  const uswds = USWDS_ICONS.map((name) => [name, join(USWDS, "dist", "img", "usa-icons", `${name}.svg`)]);
  const symbols = [...own, ...uswds].sort().map(([name, path]) => {
    const svg = readFileSync(path, "utf8").replace(/>\s+</g, "><").trim();
    const [, attributes, shapes] = svg.match(/^<svg([^>]*)>(.*)<\/svg>$/s);
    const kept = attributes.replace(/ (xmlns|width|height)="[^"]*"/g, "");
    return `<symbol id="${name}"${kept}>${shapes}</symbol>`;
  });
  // Opened by itself the file shows the mark, so that the same file is the icon of the site: one request less.
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">${symbols.join("")}<use href="#mark"/></svg>\n`;
}

function write(name, text) {
  const path = join(STATIC, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  const sizes = [Buffer.byteLength(text), gzipSync(text, { level: 9 }).length, brotliCompressSync(text).length];
  console.log(`${name.padEnd(16)} ${sizes.join(" / ")} bytes (raw / gzip / brotli)`);
}

write("css/results.css", await styles("results.scss"));
write("css/figures.css", await styles("figures.scss"));
write("js/results.js", await scripts());
write("img/sprite.svg", sprite());
