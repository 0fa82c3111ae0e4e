// An Sinh: the page that signs with a USB token. It asks the program on this computer through token-client.js.
(function () {
  "use strict";
  var root = document.getElementById("token"), words = root.dataset;
  var csrf = root.querySelector("input[name=csrfmiddlewaretoken]").value;
  var wrong = root.querySelector("[data-wrong]"), chosen = root.querySelector("select"), found = [];

  function show(state) {
    Array.prototype.forEach.call(root.querySelectorAll("[data-when]"), function (part) {
      part.hidden = part.dataset.when !== state;
    });
  }
  function say(error) {
    if (error && error.code === "not-running") { wrong.hidden = true; return; }
    wrong.hidden = !error;
    wrong.firstElementChild.textContent = error ? error.message : "";
  }
  function told(state) {
    if (state === "paired") { certificates(); return; }
    if (state === "not-running" || state === "not-paired" || state === "pairing" || state === "waiting") show(state);
  }
  var token = new window.AnSinhToken({ port: Number(words.port), onState: told });

  function again(error) { if (error.code !== "not-running" && error.code !== "not-paired") show("paired"); say(error); }
  function hello() { say(null); show("looking"); token.hello().catch(say); }
  function certificates() {
    return token.certificates().then(function (list) {
      found = list;
      chosen.textContent = "";
      list.forEach(function (one) { chosen.add(new Option(one.subject + " (" + one.issuer + ")", one.id)); });
      show("paired");
      say(list.length ? null : new Error(words.none));
    }).catch(again);
  }
  function post(address, values) {
    return fetch(address, {
      method: "POST", credentials: "same-origin", body: JSON.stringify(values),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf }
    }).catch(function () { throw new Error(words.offline); }).then(function (answer) {
      if (answer.ok) return answer;
      return answer.json().then(function (told) {
        var error = new Error(told.message);
        error.code = told.code;
        throw error;
      });
    });
  }
  function bytes(base64) {
    return Uint8Array.from(atob(base64), function (letter) { return letter.charCodeAt(0); });
  }
  function sign() {
    var one = found.filter(function (each) { return each.id === chosen.value; })[0];
    if (!one) { say(new Error(words.none)); return; }
    say(null);
    show("preparing");
    post(words.prepare, {
      certificate: one.der, format: root.querySelector("input[name=dang]:checked, input[name=dang][type=hidden]").value
    }).then(function (answer) { return answer.json(); }).then(function (made) {
      if (made.href) return made;  // filed already
      return token.sign({
        certificate: one.id, kind: made.kind, title: words.title, dossierNumber: "–",
        document: bytes(made.document), signedInfo: bytes(made.signed_info)
      }).then(function (told) {
        show("sending");
        return post(words.finish, { signature: told.cms || told.signature });
      }).then(function (answer) { return answer.json(); });
    }).then(function (filed) { location.assign(filed.href); }).catch(again);
  }

  root.addEventListener("click", function (event) {
    var act = event.target.dataset.act;
    if (act === "hello") hello();
    if (act === "pair") { say(null); token.pair().catch(say); }
    if (act === "certificates") certificates();
    if (act === "cancel") token.cancel().catch(say);
  });
  root.addEventListener("submit", function (event) {
    if (!event.target.dataset.when) return;
    event.preventDefault();
    if (event.target.dataset.when === "pairing") token.confirm(root.querySelector("#so_ghep").value.replace(/\D/g, "")).catch(say);
    else sign();
  });
  hello();
})();
