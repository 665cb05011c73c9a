// The code of a receipt: taken from behind the "#" of a QR code, which no server is ever sent, and out of the address at
// once. On the page that it opened (data-receipt="open") language and text size are asked for with the code in the body.
export default function receipt(form) {
  const field = form.elements.code;
  if (form.dataset.receipt === "open") return carry(form);
  const code = /^#([A-Za-z0-9-]{8,40})$/.exec(location.hash);
  if (!code) return;
  field.value = code[1];
  history.replaceState(null, "", location.pathname + location.search);
  form.querySelector("button").focus();
}

function carry(form) {
  for (const link of document.querySelectorAll(".tools a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      form.action = `${link.pathname}page/${link.search}`;
      form.submit();
    });
  }
}
