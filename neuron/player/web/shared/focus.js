// Keeps the keyboard focus when its element disappears: it moves to the replacement or a neighbour,
// and with it what has been typed into a field.

/** What does not get the focus unasked, because it would open a phone's keyboard. */
const TYPED_INTO = "input:not([type=range]), textarea";

const FOCUSABLE = "button, input, select, textarea, summary, a[href], [tabindex='0']";

/**
 * Describes an element, to find the one that replaced it.
 * @param {Element} element
 */
function name(element) {
  const label = element.getAttribute("aria-label") ?? element.textContent;
  return `${element.tagName} ${element.getAttribute("role")} ${label}`;
}

/** The attributes that may take an element's focus away. */
const HIDING = ["disabled", "hidden", "data-absent", "data-never", "data-asking", "data-free"];

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
 * Watch over the focus in a part of the page whose elements come and go.
 * @param {HTMLElement} main
 */
export function keepFocus(main) {
  /** @type {Element | null} */
  let last = null;
  /** @type {Map<Element, string>} all focusable elements when `last` got the focus, with names */
  let all = new Map();
  /** @type {HTMLInputElement | null} the field whose text is not sent yet */
  let typing = null;
  main.addEventListener("input", ({ target }) => {
    const field = /** @type {HTMLInputElement} */ (target);
    typing = field.type === "text" ? field : null;
  });
  main.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") typing = null;
  });
  main.addEventListener("focusin", ({ target }) => {
    const at = /** @type {Element} */ (target);
    last = keepsFocus(at) ? at : null;
    all = new Map([...main.querySelectorAll(FOCUSABLE)].map((one) => [one, name(one)]));
  });
  main.addEventListener("pointerdown", ({ target }) => {
    // After a press on an empty area, the reader expects nothing to have the focus.
    if (!(/** @type {Element} */ (target).closest(FOCUSABLE))) last = null;
  });
  const isLost = () =>
    last && [document.body, last].includes(document.activeElement ?? last) && !keepsFocus(last);
  /** @param {boolean} waits whether a replacement may still come */
  const look = (waits) => {
    if (!last || !isLost()) return;
    const there = [...main.querySelectorAll(FOCUSABLE)].filter(takesFocus);
    const named = new Map(there.toReversed().map((one) => [name(one), one]));
    /** @param {Element} one */
    const today = (one) => (takesFocus(one) ? one : named.get(all.get(one) ?? ""));
    const order = [...all.keys()];
    const place = order.indexOf(last);
    /** @param {Element[]} others */
    const nearest = (others) => others.map(today).find((one) => one && !one.matches(TYPED_INTO));
    const after = nearest(order.slice(place + 1));
    const before = nearest(order.slice(0, Math.max(place, 0)).reverse());
    // All that came after it may have been replaced, too; then the next one is new.
    const come = before && there[there.indexOf(before) + 1];
    const replacement = today(last);
    if (waits && !replacement) return;
    const next = replacement ?? after ?? (come && !all.has(come) ? come : before);
    const text = last === typing ? typing?.value : "";
    /** @type {HTMLElement | undefined} */ (next)?.focus({ preventScroll: true });
    if (!text || !(replacement instanceof HTMLInputElement)) return;
    replacement.select();
    document.execCommand("insertText", false, text); // as if it was typed, for React to notice
  };
  let timer = 0;
  new MutationObserver(() => {
    if (timer || !isLost()) return;
    look(true); // at once, so that no letter is lost that is being typed
    // Wait a moment, because React may remove a field only to put its replacement there.
    timer = setTimeout(() => {
      timer = 0;
      look(false);
    }, 60);
  }).observe(main, { childList: true, subtree: true, attributeFilter: HIDING });
}
