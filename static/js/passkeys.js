/* Passkeys: a form with data-passkey asks the browser to make one or to sign in with one, and sends what it says. */

const Key = window.PublicKeyCredential;
const able = Boolean(Key?.parseCreationOptionsFromJSON && Key?.parseRequestOptionsFromJSON && navigator.credentials);
const REFUSALS = {
  NotAllowedError: "The device did not confirm it, or it took too long. Try again.",
  InvalidStateError: "This device holds a passkey for your account already.",
  SecurityError: "Passkeys need this site’s name in the address, over https. On one’s own machine open http://localhost.",
};

/* Options stand in the page, or are asked for as they are needed: each works once. */
async function optionsOf(form) {
  if (!form.dataset.options) return JSON.parse(form.querySelector("#passkey-options").textContent);
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("The server gives no passkey options.");
  return (await answer.json()).request_options;
}

async function made(form) {
  const { publicKey } = await optionsOf(form);
  const alone = form.elements.passwordless?.checked ?? false;
  const choice = { ...publicKey.authenticatorSelection, residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
  if (alone) choice.userVerification = "required";
  return navigator.credentials.create({ publicKey: Key.parseCreationOptionsFromJSON({ ...publicKey, authenticatorSelection: choice }) });
}

async function shown(form) {
  const { publicKey } = await optionsOf(form);
  return navigator.credentials.get({ publicKey: Key.parseRequestOptionsFromJSON(publicKey) });
}

async function ask(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const [button, refused] = [form.querySelector("button"), form.querySelector("[data-passkey-refused]")];
  button.disabled = true;
  refused.hidden = true;
  try {
    const credential = await (form.dataset.passkey === "make" ? made(form) : shown(form));
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    HTMLFormElement.prototype.submit.call(form);
  } catch (error) {
    refused.textContent = REFUSALS[error.name] ?? "That did not work. Try again, or come in another way.";
    refused.hidden = false;
    button.disabled = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (able) {
    form.hidden = false;
    form.addEventListener("submit", ask);
  } else {
    for (const notice of form.querySelectorAll("[data-passkey-unable]")) notice.hidden = false;
    for (const button of form.querySelectorAll("button")) button.disabled = true;
  }
}
