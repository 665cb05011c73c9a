// 「印刷する」: shown only where the browser can print.
export default function print(button) {
  if (typeof window.print !== "function") return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
