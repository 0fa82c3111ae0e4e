/* An Sinh: asks the signing program on the person's own computer (token/README.md). One function, AnSinhToken.
   The page that loads it needs `connect-src http://127.0.0.1:48199`. Works from Chrome 80 and Firefox 84 (loopback from https).
   Every promise is kept with plain values or broken with an Error that has `code`, and a `message` for people. */
(function () {
  "use strict";
  var PORT = 48199, KEPT = "an-sinh-token", CHUNK = 0x8000;
  var NOT_RUNNING = {
    code: "not-running",
    message_vi: "Không thấy chương trình ký trên máy này. Hãy mở chương trình ký rồi bấm thử lại; nếu trình duyệt hỏi, hãy cho phép trang này.",
    message_en: "The signing program was not found on this computer. Start it and try again; if the browser asks, allow this page."
  };

  // The page's right to ask lives as long as its tab.
  function kept() { try { return sessionStorage.getItem(KEPT) || ""; } catch (blocked) { return ""; } }
  function keep(token) {
    try { if (token) sessionStorage.setItem(KEPT, token); else sessionStorage.removeItem(KEPT); } catch (blocked) { /* this page only */ }
  }
  function base64(bytes) {
    var text = "";
    for (var at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode.apply(null, bytes.subarray(at, at + CHUNK));
    return btoa(text);
  }

  /* options: port; language ("vi" or "en"); onState(state), told "not-running", "not-paired", "pairing", "paired",
     "waiting" (for the person, on the program's own page), "signed" or "refused". */
  function AnSinhToken(options) {
    var chosen = options || {}, english = (chosen.language || document.documentElement.lang) === "en";
    var address = "http://127.0.0.1:" + (chosen.port || PORT) + "/v1/", token = kept(), pairing = "", request = "";

    function state(name) { if (chosen.onState) chosen.onState(name); }
    function refusal(told) {
      var error = new Error(english ? told.message_en : told.message_vi);
      error.code = told.code;
      if (told.code === "not-running") state("not-running");
      if (told.code === "not-paired") { token = ""; keep(""); state("not-paired"); }
      return error;
    }
    function ask(route, values) {
      var headers = { "Content-Type": "application/json" };
      if (token) headers.Authorization = "Bearer " + token;
      return fetch(address + route, {
        method: "POST", mode: "cors", credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "no-referrer",
        headers: headers, body: JSON.stringify(values || {})
      }).then(function (answer) { return answer.json(); }).catch(function () { throw refusal(NOT_RUNNING); }).then(function (told) {
        if (told.message_vi && told.state !== "refused") throw refusal(told);
        return told;
      });
    }
    function wait() {
      return ask("sign/result", { request: request }).then(function (told) {
        if (told.state === "waiting") return wait();
        request = "";
        state(told.state);
        if (told.state === "refused") throw refusal(told);
        return told;
      });
    }

    /* Whether the program runs, and whether this page is paired with it. */
    this.hello = function () {
      return ask("hello").then(function (told) { state(told.paired ? "paired" : "not-paired"); return told; });
    };
    /* Begin pairing: the program now shows six digits, which the person types into this page. */
    this.pair = function () {
      return ask("pair").then(function (told) { pairing = told.pairing; state("pairing"); return told; });
    };
    /* Finish pairing with the typed digits. */
    this.confirm = function (number) {
      return ask("pair/confirm", { pairing: pairing, number: String(number) }).then(function (told) {
        token = told.token;
        keep(token);
        state("paired");
      });
    };
    this.unpair = function () {
      return ask("unpair").then(function () { token = ""; keep(""); state("not-paired"); });
    };
    /* [{id, subject, issuer, not_before, not_after, der}] of the tokens plugged in. */
    this.certificates = function () {
      return ask("certificates").then(function (told) { return told.certificates; });
    };
    /* paper: {certificate: id, kind: "pdf", title, dossierNumber, document: Uint8Array of the PDF with its place for the
       signature}, or kind "xml" with `document` and `signedInfo`, both canonical octets. Kept when the person has signed on
       the program's page, with {cms or signature, certificate}, base64. */
    this.sign = function (paper) {
      return ask("sign", {
        certificate: paper.certificate, kind: paper.kind, title: paper.title, dossier_number: paper.dossierNumber,
        document: base64(paper.document), signed_info: paper.signedInfo ? base64(paper.signedInfo) : undefined
      }).then(function (told) { request = told.request; state("waiting"); return wait(); });
    };
    /* Give up the request that waits, if there is one. */
    this.cancel = function () { return request ? ask("sign/cancel", { request: request }) : Promise.resolve(); };
  }
  window.AnSinhToken = AnSinhToken;
})();
