// An Sinh: what makes pages quicker. Every page is complete without this file.
(function () {
  "use strict";
  var words = document.currentScript.dataset;
  var RETRY_MS = 5000, LOOK_MS = 2000, LOOKS = 60;

  function each(selector, act, root) {
    Array.prototype.forEach.call((root || document).querySelectorAll(selector), act);
  }
  function quote(text) { return text.replace(/["\\]/g, "\\$&"); }

  // --- what the server sends back: {saved_at, parts: {name: html}} ---
  function replaceParts(parts) {
    Object.keys(parts || {}).forEach(function (name) {
      var old = document.querySelector('[data-part="' + quote(name) + '"]');
      if (!old) return;
      var made = new DOMParser().parseFromString(parts[name], "text/html");
      var fresh = made.querySelector('[data-part="' + quote(name) + '"]') || made.body.firstElementChild;
      if (!fresh) return;
      fresh = document.importNode(fresh, true);
      var held = old.contains(document.activeElement) ? document.activeElement : null;
      keepTyped(old, fresh);
      old.replaceWith(fresh);
      enhance(fresh);
      var again = held && held.id && document.getElementById(held.id);
      if (again) again.focus({ preventScroll: true });
    });
  }
  // Whether somebody typed, ticked or chose since the page was made.
  function typed(field) {
    if (/^(radio|checkbox)$/.test(field.type)) return field.checked !== field.defaultChecked;
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    return field.selectedIndex > 0 && !field.selectedOptions[0].defaultSelected;
  }
  // What was typed while the answer was on its way is never overwritten.
  function keepTyped(old, fresh) {
    each("input[id]:not([type=file]),textarea[id],select[id]", function (field) {
      var twin = fresh.querySelector('[id="' + quote(field.id) + '"]');
      if (!twin || !typed(field)) return;
      if (/^(radio|checkbox)$/.test(field.type)) twin.checked = field.checked;
      else if (field.tagName !== "SELECT") twin.value = field.value;
      else each("option", function (option) { if (option.value === field.value) twin.value = field.value; }, twin);
    }, old);
  }

  // A field already wrong is corrected in its sentence, or freed; one that was right is left in peace until submitted.
  function correct(path, problems) {
    var line = document.getElementById(path + ":error");
    if (!line) return;
    var found = (problems || []).filter(function (problem) { return problem.path === path; })[0];
    if (found) { line.lastChild.textContent = found.text; return; }
    var field = line.closest(".field");
    each("[aria-invalid]", function (control) { control.removeAttribute("aria-invalid"); }, field);
    field.classList.remove("bad");
    line.remove();
  }

  // --- autosave ---
  function pathOf(field) {
    return field.closest("[data-date]") ? field.name.replace(/\.(day|month|year)$/, "") : field.name;
  }
  function changedFields(field) {
    var group = field.closest("[data-date]") || field.form;
    var all = field.closest("[data-date]") ? group.querySelectorAll("input") : [].filter.call(
      group.elements, function (other) { return other.name === field.name; });
    var body = new URLSearchParams();
    Array.prototype.forEach.call(all, function (other) {
      var ticked = other.type !== "checkbox" && other.type !== "radio" || other.checked;
      if (ticked && other.name && !other.disabled) body.append(other.name, other.value);
    });
    var token = field.form.querySelector("[name=csrfmiddlewaretoken]");
    if (token) body.append("csrfmiddlewaretoken", token.value);
    body.append("_changed", pathOf(field));
    return body;
  }
  function Saver(form) {
    var waiting = {}, order = [], running = false, timer = 0;
    var line = document.querySelector("[data-saved]"), trouble = document.querySelector("[data-unsaved]");
    function say(text) { if (line) { line.hidden = !text; line.querySelector("span").textContent = text; } }
    function complain(text) {
      if (!trouble) return;
      trouble.querySelector("p").textContent = text;
      trouble.hidden = !text;
    }
    // keepalive: what was typed last reaches the server although a link was pressed right after.
    function post(body) {
      return fetch(form.dataset.autosave, { method: "POST", body: body, credentials: "same-origin", keepalive: true, headers: { Accept: "application/json" } });
    }
    function run() {
      if (running || !order.length) return;
      var path = order[0], body = waiting[path];
      running = true;
      order.shift();
      delete waiting[path];
      say(words.saving);
      post(body)
        .then(function (answer) {
          if (answer.ok && !answer.redirected) return answer.json();
          if (answer.status >= 500) throw new Error("again");
          return null;
        })
        .then(function (answer) {
          running = false;
          if (!answer) { say(""); complain(words.failed); return run(); }
          complain("");
          say(answer.saved_at || "");
          replaceParts(answer.parts);
          correct(path, answer.problems);
          run();
        })
        .catch(function () {
          running = false;
          if (!waiting[path]) { waiting[path] = body; order.unshift(path); }
          say("");
          complain(words.offline);
          clearTimeout(timer);
          timer = setTimeout(run, RETRY_MS);
        });
    }
    this.changed = function (field) {
      var path = pathOf(field);
      if (!waiting[path]) order.push(path);
      waiting[path] = changedFields(field);
      run();
    };
    this.busy = function () { return running || order.length > 0; };
    window.addEventListener("online", run);
    window.addEventListener("pagehide", function () {
      order.splice(0).forEach(function (path) { post(waiting[path]); delete waiting[path]; });
    });
  }

  // --- upload at once, with progress ---
  function upload(input) {
    var form = input.form, box = input.closest(".file"), body = new FormData();
    Array.prototype.forEach.call(input.files, function (file) { body.append(input.name, file); });
    body.append("_upload", input.name);
    var token = form.querySelector("[name=csrfmiddlewaretoken]");
    if (token) body.append("csrfmiddlewaretoken", token.value);
    var bar = document.createElement("progress"), label = document.createElement("p");
    bar.max = 100;
    label.className = "meta";
    label.setAttribute("role", "status");
    label.textContent = words.uploading.replace("{name}", input.files[0].name);
    bar.setAttribute("aria-label", label.textContent);
    box.appendChild(label);
    box.appendChild(bar);
    function failed() { bar.remove(); label.textContent = words.failed; }
    var request = new XMLHttpRequest();
    request.upload.onprogress = function (event) { if (event.lengthComputable) bar.value = 100 * event.loaded / event.total; };
    request.onerror = failed;
    request.onload = function () {
      var answer = null;
      try { answer = JSON.parse(request.responseText); } catch (wrong) { return failed(); }
      if (!answer.parts) return failed();
      replaceParts(answer.parts);
    };
    request.open("POST", form.dataset.upload);
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  }

  // --- small things ---
  function spreadDate(event) {
    var text = (event.clipboardData || window.clipboardData).getData("text").trim();
    var found = /^(\d{1,2})[\/.\-\s](\d{1,2})[\/.\-\s](\d{4})$/.exec(text);
    var iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
    var parts = found ? found.slice(1) : iso ? [iso[3], iso[2], iso[1]] : null;
    if (!parts) return;
    event.preventDefault();
    each("input", function (box, index) { box.value = parts[index]; }, event.currentTarget);
    var last = event.currentTarget.querySelector("div:last-child input");
    last.focus();
    last.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function plain(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
  }
  function filterable(select) {
    if (select.dataset.ready) return;
    select.dataset.ready = "1";
    var all = Array.prototype.slice.call(select.options), box = document.createElement("input");
    var said = document.createElement("span"), label = document.querySelector('label[for="' + quote(select.id) + '"]');
    box.type = "search";
    box.autocomplete = "off";
    box.className = "filter w-m";
    box.setAttribute("aria-label", (label ? label.textContent.trim() + ": " : "") + words.search);
    box.placeholder = words.search;
    said.className = "vh";
    said.setAttribute("role", "status");
    select.parentNode.insertBefore(box, select);
    select.parentNode.insertBefore(said, select);
    box.addEventListener("input", function () {
      var wanted = plain(box.value.trim()), chosen = select.value;
      var fits = all.filter(function (option) { return !wanted || plain(option.text).indexOf(wanted) >= 0; });
      while (select.options.length) select.remove(0);
      (fits.length ? fits : all).forEach(function (option) { select.add(option); });
      if (!wanted) { select.value = chosen; said.textContent = ""; return; }
      said.textContent = words.found.replace("{n}", fits.length);
      if (fits.length) select.value = fits[0].value;
    });
    box.addEventListener("change", function (event) {
      event.stopPropagation();
      if (box.value) select.dispatchEvent(new Event("change", { bubbles: true }));
    });
    box.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { event.preventDefault(); select.focus(); }
    });
  }
  function enhance(root) {
    each("[data-date]", function (boxes) { boxes.addEventListener("paste", spreadDate); }, root);
    each("select[data-search]", filterable, root);
    each("form[data-upload] [data-upload-button]", function (button) { button.hidden = true; });
  }

  // --- shortcuts of one letter can be switched off (WCAG 2.1.4) ---
  var KEYS_OFF = "an-sinh-no-keys";
  function keysOff() { try { return localStorage.getItem(KEYS_OFF) === "1"; } catch (blocked) { return false; } }
  function shortcuts(list) {
    var box = list.querySelector("input");
    list.hidden = false;
    box.checked = keysOff();
    box.addEventListener("change", function () {
      try { localStorage.setItem(KEYS_OFF, box.checked ? "1" : "0"); } catch (blocked) { box.checked = false; }
    });
  }
  function typing(event) {
    return event.ctrlKey || event.metaKey || event.altKey || keysOff() ||
      /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  }

  // --- the desk: ticks, batch bar, keys ---
  function desk(table) {
    var form = table.closest("form"), bar = document.querySelector("[data-batch]"), all = table.querySelector("[data-all]");
    var rows = Array.prototype.slice.call(table.querySelectorAll("tbody tr")), at = -1;
    var whole = form && form.querySelector("[data-whole]");
    function tick(row) { return row.querySelector("input[type=checkbox]") || {}; } // a list without ticks
    function count() {
      var number = rows.filter(function (row) {
        row.classList.toggle("sel", tick(row).checked === true);
        return tick(row).checked;
      }).length;
      if (!bar) return;
      if (whole && whole.checked) number = whole.dataset.whole; // every row, also those of other pages
      bar.hidden = !number;
      bar.querySelector("[data-count]").textContent = number;
      each("[data-words]", function (button) { button.textContent = button.dataset.words.replace("{n}", number); }, bar);
    }
    if (all) {
      all.hidden = false;
      table.querySelector("[data-select-word]").hidden = true;
      all.firstElementChild.addEventListener("change", function () {
        rows.forEach(function (row) { tick(row).checked = all.firstElementChild.checked; });
        count();
      });
    }
    table.addEventListener("change", count);
    if (whole) whole.addEventListener("change", count);
    if (form) form.addEventListener("reset", function () { setTimeout(count); });
    count();
    document.addEventListener("keydown", function (event) {
      if (typing(event)) return;
      var held = rows.indexOf(event.target.closest ? event.target.closest("tr") : null);
      if (held >= 0) at = held;
      var step = { ArrowDown: 1, j: 1, J: 1, ArrowUp: -1, k: -1, K: -1 }[event.key];
      if (step) {
        at = Math.max(0, Math.min(rows.length - 1, at + step));
        rows[at].querySelector("td a").focus();
        event.preventDefault();
      } else if ((event.key === "o" || event.key === "O") && at >= 0) {
        rows[at].querySelector("td a").click();
      } else if ((event.key === "x" || event.key === "X") && at >= 0) {
        tick(rows[at]).checked = !tick(rows[at]).checked;
        count();
      }
    });
  }

  document.addEventListener("keydown", function (event) {
    var search = document.querySelector("[data-key-search]"), list = document.querySelector("[data-shortcuts]");
    if (typing(event)) return;
    if (event.key === "/" && search) { event.preventDefault(); search.focus(); }
    if (event.key === "?" && list) { list.open = true; list.querySelector("summary").focus(); }
  });
  function save(field) {
    var form = field.form;
    form.saver = form.saver || new Saver(form);
    form.saver.changed(field);
  }
  document.addEventListener("change", function (event) {
    var field = event.target, form = field.form;
    if (!form || !field.name) return;
    if (field.type === "file") { if (form.dataset.upload && field.files.length) upload(field); return; }
    field.classList.remove("pre");
    if (form.dataset.autosave) save(field);
  });
  // On a slow line somebody begins before this file is here. A page gone back to has what the browser kept instead.
  function saveEarly() {
    var came = performance.getEntriesByType("navigation")[0];
    if (!came || came.type !== "navigate") return;
    each("form[data-autosave] [name]:is(input:not([type=file],[type=hidden]),textarea,select)", function (field) {
      if (typed(field)) save(field);
    });
  }
  document.addEventListener("submit", function (event) {
    var button = event.submitter || event.target.querySelector("button[type=submit]");
    if (event.defaultPrevented || !button || event.target.getAttribute("method") !== "post") return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "1";
    button.setAttribute("aria-busy", "true");
    button.dataset.label = button.innerHTML;
    button.textContent = words.sending;
  });
  // Back from the next page: the button has its own words again.
  window.addEventListener("pageshow", function () {
    each("form[data-sent]", function (form) { delete form.dataset.sent; });
    each("[aria-busy=true]", function (button) {
      button.removeAttribute("aria-busy");
      if (button.dataset.label) button.innerHTML = button.dataset.label;
    });
  });
  // What a worker goes on with: shown anew until it is done.
  function renew(part) {
    setTimeout(function () {
      fetch(location.href).then(function (answer) { return answer.text(); }).then(function (html) {
        var made = new DOMParser().parseFromString(html, "text/html").getElementById(part.id);
        if (made && !part.contains(document.activeElement)) part.replaceWith(part = document.importNode(made, true));
        if (part.dataset.renew) renew(part);
      });
    }, LOOK_MS);
  }

  // A document that is still being made: look again, put it in its place when it is there.
  function lookAgain(part, left) {
    if (!left) return;
    setTimeout(function () {
      fetch(location.href, { credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.text() : ""; })
        .catch(function () { return ""; })
        .then(function (html) {
          var made = html && new DOMParser().parseFromString(html, "text/html").querySelector("[data-made]");
          if (made) part.replaceWith(document.importNode(made, true));
          else lookAgain(part, left - 1);
        });
    }, LOOK_MS);
  }
  // An answer to a form keeps no form behind it: going back to it asks for the page instead of sending again.
  history.replaceState(history.state, "");
  document.addEventListener("DOMContentLoaded", function () {
    saveEarly();
    enhance(document);
    each("[data-awaited]", function (part) { lookAgain(part, LOOKS); });
    each("[data-queue]", desk);
    each("[data-renew]", renew);
    each("[data-shortcuts]", shortcuts);
    var first = document.querySelector("[data-focus]");
    if (first && !location.hash) first.focus();
  });
})();
