// Takes BIZ UDGothic (400, 700) slice by slice, only slices that are mostly everyday characters (JIS X 0208 rows 1-47:
// signs, kana, first-level kanji; rarer kanji come from the reader's own fonts), and the Latin and Vietnamese letters of
// Noto Sans JP. The reader's own copy of the font is used where there is one.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";

const out = process.argv[2];
const decoder = new TextDecoder("euc-jp");
const jis = new Set();
for (let row = 0xa1; row <= 0xcf; row++)
  for (let cell = 0xa1; cell <= 0xfe; cell++) {
    const text = decoder.decode(new Uint8Array([row, cell]));
    if (text !== "\ufffd" && text.length === 1) jis.add(text.codePointAt(0));
  }

const isEveryday = (ranges) => {
  let [all, known] = [0, 0];
  for (const range of ranges.split(",")) {
    const [from, to = from] = range.trim().slice(2).split("-").map((hex) => parseInt(hex, 16));
    for (let point = from; point <= to; point++) [all, known] = [all + 1, known + jis.has(point)];
  }
  return known * 2 > all;
};

const faces = (family, weight) => readFileSync(`node_modules/@fontsource/${family}/${weight}.css`, "utf8").matchAll(/\/\* \S+?-(?:\[(\d+)\]|([a-z-]+))-\d+-normal \*\/\s*@font-face \{[^}]*?unicode-range: ([^;]+);/g);

let css = "";
function take(family, name, weight, local, wanted) {
  for (const [, slice, subset, ranges] of faces(family, weight)) {
    const part = slice ?? subset;
    if (!wanted(part, ranges)) continue;
    const file = `${family}-${part}-${weight}-normal.woff2`;
    copyFileSync(`node_modules/@fontsource/${family}/files/${file}`, `${out}/fonts/${file}`);
    const sources = [...local.map((own) => `local("${own}")`), `url(fonts/${file}) format("woff2")`];
    css += `@font-face{font-family:"${name}";font-weight:${weight};font-display:swap;src:${sources.join(",")};unicode-range:${ranges.replaceAll(" ", "")}}\n`;
  }
}
for (const weight of [400, 700]) {
  take("biz-udgothic", "BIZ UDGothic", weight, weight === 400 ? ["BIZ UDGothic", "BIZUDGothic"] : ["BIZ UDGothic Bold", "BIZUDGothic-Bold"], (part, ranges) => part === "latin" || (/^\d/.test(part) && isEveryday(ranges)));
  take("noto-sans-jp", "Noto Sans JP Latin", weight, [], (part) => ["latin", "latin-ext", "vietnamese"].includes(part));
}
writeFileSync(`${out}/fonts.css`, css);
for (const family of ["biz-udgothic", "noto-sans-jp"]) copyFileSync(`node_modules/@fontsource/${family}/LICENSE`, `${out}/fonts/${family}-LICENSE`);
