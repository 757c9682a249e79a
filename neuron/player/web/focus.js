// The keyboard's focus stays on the page: where it was, or beside what has gone.

const CAN = "button, input, select, textarea, summary, a[href], [tabindex='0']";

/** What is said of an element, to find the one that took its place. @param {Element} element */
function name(element) {
  const label = element.getAttribute("aria-label") ?? element.textContent;
  return `${element.tagName} ${element.getAttribute("role")} ${label}`;
}

/** @param {Element} element */
export function takesFocus(element) {
  return (
    element.isConnected &&
    element.matches(CAN) &&
    !element.matches(":disabled, [tabindex='-1']") &&
    element.checkVisibility({ visibilityProperty: true })
  );
}

/**
 * Watch the focus in a part of the page that changes under the reader's hands.
 * @param {HTMLElement} main
 */
export function keepFocus(main) {
  /** @type {Element | null} */
  let last = null;
  let called = "";
  /** @type {Element[]} what could have the focus when it was there */
  let all = [];
  let queued = false;
  main.addEventListener("focusin", ({ target }) => {
    last = /** @type {Element} */ (target);
    called = name(last);
    all = [...main.querySelectorAll(CAN)];
  });
  main.addEventListener("pointerdown", ({ target }) => {
    // Who presses where nothing is wants no focus.
    if (!(/** @type {Element} */ (target).closest(CAN))) last = null;
  });
  const look = () => {
    queued = false;
    const at = document.activeElement;
    if (!last || (at !== document.body && at !== last) || takesFocus(last)) return;
    const same = [...main.querySelectorAll(CAN)].find(
      (one) => name(one) === called && takesFocus(one),
    );
    const place = all.indexOf(last);
    const beside = [...all.slice(place + 1), ...all.slice(0, Math.max(place, 0)).reverse()];
    const next = same ?? beside.find(takesFocus);
    /** @type {HTMLElement | undefined} */ (next)?.focus({ preventScroll: true });
  };
  new MutationObserver(() => {
    if (queued || !last || (document.activeElement === last && takesFocus(last))) return;
    queued = true;
    // What is gone may come back at once: React takes a field away and puts its new one there.
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
