// The way out: blank at once, then replace this page in the history. Shift pressed three times within two seconds does the same.
const WINDOW_MS = 2000;

export default function exit(link) {
  const leave = (event) => {
    event?.preventDefault();
    document.title = "";
    document.body.replaceChildren();
    window.location.replace(link.href);
  };
  link.addEventListener("click", leave);
  let pressed = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") pressed = [];
    else if (!event.repeat) {
      const now = event.timeStamp;
      pressed = [...pressed.filter((at) => now - at < WINDOW_MS), now];
      if (pressed.length >= 3) leave();
    }
  });
}
