// Joins a page's button with the browser's passkeys. What to do stands in data attributes, so no script lies in the page.
function join (mark) {
  const { passkey, button, credential, passwordless, data } = mark.dataset
  const forms = window.allauth.webauthn.forms
  const ids = { credential }
  if (data) ids.data = data
  if (passkey === 'login') forms.loginForm({ ids: { ...ids, login: button } })
  if (passkey === 'add') forms.addForm({ ids: { ...ids, add: button, passwordless } })
  if (passkey === 'authenticate') forms.authenticateForm({ ids: { ...ids, authenticate: button } })
}

document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  for (const line of document.querySelectorAll('[data-passkey-problem]')) line.hidden = false
})

for (const mark of document.querySelectorAll('[data-passkey]')) join(mark)
