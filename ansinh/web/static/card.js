// An Sinh: the page of the health-insurance card. A code that ends is replaced in time by the next one, and at once when
// one comes back to the page later. Without this file a link makes the next code.
(function () {
  "use strict";
  var RETRY_MS = 5000;

  function renew(part) {
    var due = Date.now() + Number(part.dataset.renew) * 1000;
    var timer = setInterval(function () {
      if (document.hidden || Date.now() < due) return;
      due = Date.now() + RETRY_MS;
      fetch(location.href, { credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.text() : ""; })
        .catch(function () { return ""; })
        .then(function (html) {
          var made = html && new DOMParser().parseFromString(html, "text/html").querySelector("[data-renew]");
          if (!made || !part.isConnected) return;
          clearInterval(timer);
          made = document.importNode(made, true);
          part.replaceWith(made);
          renew(made);
        });
    }, 1000);
  }
  Array.prototype.forEach.call(document.querySelectorAll("[data-renew]"), renew);
})();
