(function () {
  "use strict";
  function at(id) { return document.getElementById(id); }
  function fail(error) { at("said").textContent = error.code + ": " + error.message; }
  var token = new window.AnSinhToken({
    port: Number(document.body.dataset.port), onState: function (state) { at("state").textContent = state; }
  });
  function show() {
    return token.certificates().then(function (found) {
      found.forEach(function (one) {
        at("certificates").add(new Option(one.subject, one.id));
        at("certificates").lastChild.dataset.der = one.der;
      });
    });
  }
  at("pair").addEventListener("click", function () { token.pair().catch(fail); });
  at("confirm").addEventListener("click", function () { token.confirm(at("number").value).then(show).catch(fail); });
  at("cancel").addEventListener("click", function () { token.cancel().catch(fail); });
  at("sign").addEventListener("click", function () {
    var chosen = at("certificates").selectedOptions[0];
    fetch("/offer", { method: "POST", body: chosen.dataset.der })
      .then(function (answer) { return answer.arrayBuffer(); })
      .then(function (pdf) {
        return token.sign({
          certificate: chosen.value, kind: "pdf", document: new Uint8Array(pdf),
          title: "Tờ khai hưởng trợ cấp thai sản – Nguyễn Thị Hoa", dossierNumber: "03706/2026/07906"
        });
      })
      .then(function (made) { return fetch("/finish", { method: "POST", body: made.cms }); })
      .then(function () { at("said").textContent = "finished"; }).catch(fail);
  });
  token.hello().catch(fail);
})();
