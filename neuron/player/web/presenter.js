// The button that presents the stage.

import { present } from "./present.js";

export default (/** @type {import("./types").Mount} */ mount) => {
  const button = /** @type {HTMLButtonElement} */ (mount.parentElement.querySelector(".present"));
  button.onclick = () => {
    present();
    mount.setTriggerValue("presented", true);
  };
  button.disabled = false; // until now a press would have been lost
};
