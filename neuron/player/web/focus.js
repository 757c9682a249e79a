// Keeps the keyboard focus when its element disappears: it moves to the replacement or a neighbour.

const FOCUSABLE = "button, input, select, textarea, summary, a[href], [tabindex='0']";

/**
 * Describes an element, to find the one that replaced it.
 * @param {Element} element
 */
function name(element) {
  const label = element.getAttribute("aria-label") ?? element.textContent;
  return `${element.tagName} ${element.getAttribute("role")} ${label}`;
}

/** @param {Element} element */
export function takesFocus(element) {
  return (
    element.isConnected &&
    element.matches(FOCUSABLE) &&
    !element.matches(":disabled, [tabindex='-1']") &&
    element.checkVisibility({ visibilityProperty: true })
  );
}

/**
 * Whether an element that has the focus can keep it. So can the cell of a table, which is drawn on
 * a canvas and not visible itself.
 * @param {Element} element
 */
function keepsFocus(element) {
  return takesFocus(element) || (element.isConnected && Boolean(element.closest("canvas")));
}

/**
 * Whether an element may get the focus unasked: a text field would open a phone's keyboard.
 * @param {Element} element
 */
function welcomesFocus(element) {
  return takesFocus(element) && !element.matches("input:not([type=range]), textarea");
}

/**
 * Watch over the focus in a part of the page whose elements come and go.
 * @param {HTMLElement} main
 */
export function keepFocus(main) {
  /** @type {Element | null} */
  let last = null;
  /** @type {Map<Element, string>} all focusable elements when `last` got the focus, with names */
  let all = new Map();
  let queued = false;
  main.addEventListener("focusin", ({ target }) => {
    const at = /** @type {Element} */ (target);
    last = keepsFocus(at) ? at : null;
    all = new Map([...main.querySelectorAll(FOCUSABLE)].map((one) => [one, name(one)]));
  });
  main.addEventListener("pointerdown", ({ target }) => {
    // After a press on an empty area, the reader expects nothing to have the focus.
    if (!(/** @type {Element} */ (target).closest(FOCUSABLE))) last = null;
  });
  const look = () => {
    queued = false;
    const at = document.activeElement;
    if (!last || (at !== document.body && at !== last) || keepsFocus(last)) return;
    const now = [...main.querySelectorAll(FOCUSABLE)].filter(takesFocus);
    const named = new Map(now.toReversed().map((one) => [name(one), one]));
    /** @param {Element} one */
    const today = (one) => (takesFocus(one) ? one : named.get(all.get(one) ?? ""));
    const order = [...all.keys()];
    const place = order.indexOf(last);
    /** @param {Element[]} others */
    const nearest = (others) => others.map(today).find((one) => one && welcomesFocus(one));
    const after = nearest(order.slice(place + 1));
    const before = nearest(order.slice(0, Math.max(place, 0)).reverse());
    // All that came after it may have been replaced, too; then the next one is new.
    const come = before && now[now.indexOf(before) + 1];
    const next = today(last) ?? after ?? (come && !all.has(come) ? come : before);
    /** @type {HTMLElement | undefined} */ (next)?.focus({ preventScroll: true });
  };
  new MutationObserver(() => {
    if (queued || !last || (document.activeElement === last && keepsFocus(last))) return;
    queued = true;
    // Wait a moment, because React may remove a field only to put its replacement there.
    setTimeout(look, 60);
  }).observe(main, {
    childList: true,
    subtree: true,
    attributeFilter: [
      "disabled",
      "hidden",
      "data-absent",
      "data-never",
      "data-asking",
      "data-free",
    ],
  });
}
