// Loads what the page asks for by its data attributes, and nothing else. Keeps nothing: no storage, no cookie.
const parts = {
  "[data-exit]": "./exit.js",
  "[data-near-me]": "./near-me.js",
  "[data-map]": "./map.js",
  "[data-drop]": "./drop.js",
  "[data-print]": "./print.js",
  "[data-receipt]": "./receipt.js",
};

const started = new WeakSet();

export function start(root = document) {
  for (const [selector, file] of Object.entries(parts)) {
    for (const element of root.querySelectorAll(selector)) {
      if (started.has(element)) continue;
      started.add(element);
      import(file).then((part) => part.default(element));
    }
  }
}

// htmx notes the last address, and with it the words she searched for, in the session storage: out with it.
const forget = () => sessionStorage.removeItem("htmx-current-path-for-history");
for (const moment of ["htmx:pushedIntoHistory", "htmx:replacedInHistory", "htmx:historyRestore"]) document.addEventListener(moment, forget);
forget();

start();
document.addEventListener("htmx:load", (event) => start(event.target.parentElement ?? document));

// A menu closes when she taps elsewhere or presses Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
