// A drawn map of numbered points without tiles: outline of the town, the points, and the list beside it that says the same.
// data-map: address of a JSON outline (GeoJSON) or empty · data-tiles: tile address if the town has a server of its own.
const base = new URL("../leaflet/", import.meta.url);

async function outline(address) {
  if (!address) return null;
  const answer = await fetch(address);
  return answer.ok ? answer.json() : null;
}

// A map inside a closed <details> has no size yet: it is drawn when she opens it.
const shown = (box) => {
  const fold = box.closest("details:not([open])");
  return fold ? new Promise((resolve) => fold.addEventListener("toggle", resolve, { once: true })) : Promise.resolve();
};

export default async function map(box) {
  await shown(box);
  const L = await import(new URL("leaflet-src.esm.js", base));
  const list = document.getElementById(box.dataset.list);
  const pins = [...list.querySelectorAll("[data-lat]")];
  const chart = L.map(box, { scrollWheelZoom: false, zoomControl: true, attributionControl: Boolean(box.dataset.tiles), maxZoom: 18, minZoom: 8 });
  if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { attribution: box.dataset.credit }).addTo(chart);
  const ground = await outline(box.dataset.map);
  if (ground) L.geoJSON(ground, { className: "map-outline", interactive: false }).addTo(chart);
  const points = pins.map((pin, index) => {
    const at = [Number(pin.dataset.lat), Number(pin.dataset.lon)];
    // Pins may overlap, so they are for pointers only; by keyboard and by ear the list is the same.
    const link = pin.querySelector("a");
    const marker = L.marker(at, { icon: L.divIcon({ className: "map-pin", html: String(index + 1), iconSize: [30, 30] }), title: pin.dataset.name, alt: pin.dataset.name, keyboard: false });
    if (link) marker.on("click keypress", () => link.click());
    return marker.addTo(chart), at;
  });
  L.control.scale({ imperial: false }).addTo(chart);
  if (points.length) chart.fitBounds(L.latLngBounds(points).pad(0.25), { maxZoom: 13 });
  else chart.setView([Number(box.dataset.lat), Number(box.dataset.lon)], 11);
}
