// A file may also be dropped on the box; the plain input inside does the work.
export default function drop(box) {
  const input = box.querySelector("input[type=file]");
  const stop = (event) => event.preventDefault();
  box.addEventListener("dragover", (event) => { stop(event); box.classList.add("drop-over"); });
  box.addEventListener("dragleave", () => box.classList.remove("drop-over"));
  box.addEventListener("drop", (event) => {
    stop(event);
    box.classList.remove("drop-over");
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}
