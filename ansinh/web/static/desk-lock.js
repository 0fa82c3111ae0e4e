// An Sinh: a desk left alone covers itself. The server asks for the factor on its own; this hides what stands on the screen
// meanwhile, and loses nothing of it: the proof is given in another tab, and this page goes on where it was.
(function () {
  "use strict";
  var lock = document.getElementById("desk-lock");
  if (!lock || !lock.showModal) return;
  var IDLE_MS = Number(lock.dataset.idleSeconds) * 1000, PING_MS = 60000, LOOK_MS = 5000;
  var used = Date.now(), told = used;

  function ask() {
    return fetch(lock.dataset.present, { method: "POST", headers: { "X-Requested-With": "fetch",
      "X-CSRFToken": lock.querySelector("input[name=csrfmiddlewaretoken]").value } });
  }
  function touched() {
    if (lock.open) return;
    used = Date.now();
    if (used - told < PING_MS) return;
    told = used;
    ask().catch(function () { told = 0; });
  }
  function look() {
    if (!lock.open && Date.now() - used > IDLE_MS) lock.showModal();
  }
  function back() {
    look();
    if (!lock.open) return;
    ask().then(function (answer) {
      if (answer.status !== 204) return;
      used = told = Date.now();
      lock.close();
    }).catch(function () { /* still covered: without a network nobody can be asked */ });
  }

  ["keydown", "pointerdown", "input"].forEach(function (kind) { document.addEventListener(kind, touched, true); });
  lock.addEventListener("cancel", function (event) { event.preventDefault(); });
  lock.querySelector("button").addEventListener("click", back);
  window.addEventListener("focus", back);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) back(); });
  setInterval(look, LOOK_MS);
})();
