// Keeps the keyboard focus when its element goes: moves it to the replacement or to a neighbour.

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
 * Whether an element that has the focus can keep it: so does the cell of a table, which is drawn on
 * a canvas and not shown itself.
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
  let called = "";
  /** @type {Element[]} all focusable elements when `last` got the focus */
  let all = [];
  let queued = false;
  main.addEventListener("focusin", ({ target }) => {
    last = /** @type {Element} */ (target);
    called = name(last);
    all = [...main.querySelectorAll(FOCUSABLE)];
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
    const same = now.find((one) => name(one) === called);
    const place = all.indexOf(last);
    const after = all.slice(place + 1).find(welcomesFocus);
    const before = all.slice(0, Math.max(place, 0)).reverse().find(welcomesFocus);
    // All that came after it may have been replaced, too; then the next one is new.
    const come = before && now[now.indexOf(before) + 1];
    const next = same ?? after ?? (come && !all.includes(come) ? come : before);
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
