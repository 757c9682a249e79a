// What was refused in the fields, said where a screen reader hears it; and fields that are tapped.

/** The fields that listen already. @type {WeakSet<Element>} */
const listening = new WeakSet();

/** @param {import("./types").Mount} mount */
export default function mount({ parentElement, data }) {
  const said = /** @type {HTMLElement} */ (parentElement.querySelector(".entries"));
  if (said.textContent !== data.refused) said.textContent = data.refused;
  const fields = parentElement.closest(".st-key-fields");
  if (!fields || listening.has(fields)) return;
  listening.add(fields);
  fields.addEventListener("focusin", ({ target }) => {
    // Where the finger lands, the browser puts the cursor afterwards.
    if (target instanceof HTMLInputElement) setTimeout(() => target.select());
  });
}
