// An Sinh: passkeys. A form with data-passkey asks the device ("get" or "create"), puts the answer into its hidden field
// and is sent as any form is. Without script or support the form stays hidden and another way is offered.
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (one) { return one.charCodeAt(0); });
  }
  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function known(list) {
    return (list || []).map(function (one) { return { type: one.type, id: bytes(one.id), transports: one.transports }; });
  }
  function asked(options) {
    var wanted = Object.assign({}, options.publicKey);
    wanted.challenge = bytes(wanted.challenge);
    if (wanted.user) wanted.user = Object.assign({}, wanted.user, { id: bytes(wanted.user.id) });
    if (wanted.allowCredentials) wanted.allowCredentials = known(wanted.allowCredentials);
    if (wanted.excludeCredentials) wanted.excludeCredentials = known(wanted.excludeCredentials);
    return { publicKey: wanted };
  }
  function written(given) {
    var response = { clientDataJSON: text(given.response.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (given.response[name]) response[name] = text(given.response[name]);
    });
    return JSON.stringify({ id: given.id, rawId: text(given.rawId), type: given.type, response: response,
      clientExtensionResults: {} });
  }
  function question(form) {
    if (form.dataset.options) return Promise.resolve(JSON.parse(form.dataset.options));
    var token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
    return fetch(form.dataset.question, { method: "POST", headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" } })
      .then(function (answer) { if (!answer.ok) throw new Error(String(answer.status)); return answer.json(); });
  }
  function ask(form) {
    var wrong = form.querySelector("[data-wrong]"), button = form.querySelector("button");
    wrong.hidden = true;
    button.disabled = true;
    question(form).then(function (options) {
      return form.dataset.passkey === "create" ? navigator.credentials.create(asked(options)) : navigator.credentials.get(asked(options));
    }).then(function (given) {
      form.elements.credential.value = written(given);
      HTMLFormElement.prototype.submit.call(form);
    }).catch(function () {
      button.disabled = false;
      wrong.firstElementChild.textContent = form.dataset.failed;
      wrong.hidden = false;
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-no-passkey]"), function (part) { part.hidden = true; });
  Array.prototype.forEach.call(document.querySelectorAll("form[data-passkey]"), function (form) {
    form.hidden = false;
    form.addEventListener("submit", function (event) { event.preventDefault(); event.stopImmediatePropagation(); ask(form); }, true);
  });
})();
