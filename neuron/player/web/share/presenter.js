// The button that starts presenting.

import { present } from "../stage/present.js";

export default (/** @type {import("../types").Mount} */ mount) => {
  const button = /** @type {HTMLButtonElement} */ (mount.parentElement.querySelector(".present"));
  button.onclick = () => {
    present();
    mount.setTriggerValue("presented", true);
  };
  button.disabled = false; // a click before now would have been lost
};
