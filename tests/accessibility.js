// Run axe; its rule of contrast looks only at text painted in a way that is not yet known to be sound.
// A way of painting is what contrast comes of: the look of an element and of everything it lies in.
async ([options, sound]) => {
  const FRESH = "data-axe-fresh";
  const LOOK = [
    "color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow", "textIndent",
    "filter", "mixBlendMode", "position", "zIndex", "webkitTextStrokeWidth", "webkitTextFillColor",
  ];
  const OFF = ":disabled, [aria-disabled=true]";
  const digest = (text) => {
    let high = 0xdeadbeef, low = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      high = Math.imul(high ^ text.charCodeAt(at), 2654435761);
      low = Math.imul(low ^ text.charCodeAt(at), 1597334677);
    }
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    return 4294967296 * (2097151 & low) + (high >>> 0);
  };
  // What axe leaves out (disabled things, their labels) or cannot judge (a single letter) must not stand for others.
  const namesOfDisabled = new Set([...document.querySelectorAll("[aria-labelledby]")]
    .filter((one) => one.closest(OFF)).flatMap((one) => one.getAttribute("aria-labelledby").split(/\s+/)));
  const looks = new Map();
  const look = (element) => {
    if (!element) return 0;
    if (!looks.has(element)) {
      const style = getComputedStyle(element);
      looks.set(element, digest([
        look(element.parentElement), element.tagName, element.className, namesOfDisabled.has(element.id),
        ...LOOK.map((name) => style[name]),
      ].join("\n")));
    }
    return looks.get(element);
  };
  const words = (element) => [...element.childNodes]
    .filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()).join("");
  const known = new Set(sound), painted = new Set();
  for (const element of document.querySelectorAll("body, body *")) {
    const text = words(element);
    if (!text && !element.matches("input, select, textarea")) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const way = digest([
      look(element), text.length < 2, /[\p{L}\p{N}]{2}/u.test(text), !!element.closest(OFF),
      !!element.closest("label")?.control?.closest(OFF),
    ].join("\n"));
    painted.add(way);
    if (!known.has(way)) element.setAttribute(FRESH, "");
  }
  window.axe.configure({ rules: [{ id: "color-contrast", selector: `[${FRESH}]` }] });
  try {
    return { violations: (await window.axe.run(options)).violations, painted: [...painted] };
  } finally {
    for (const element of document.querySelectorAll(`[${FRESH}]`)) element.removeAttribute(FRESH);
  }
}
