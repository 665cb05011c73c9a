// Asks the phone where it is only when she taps. Three decimals (about 100 m) go into the form's near field; nothing is kept.
export default function nearMe(button) {
  const form = button.closest("form");
  const field = form?.elements.namedItem(button.dataset.nearMe || "near");
  const said = form?.querySelector("[data-near-said]");
  const say = (text) => { if (said) said.textContent = text ?? ""; };
  if (!field || !("geolocation" in navigator)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    say(button.dataset.wait);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
        say(button.dataset.done);
        form.requestSubmit();
      },
      () => say(button.dataset.failed),
      { enableHighAccuracy: false, timeout: 10000, maximumAge: 60000 },
    );
  });
}
