// Comfort only: every page works without this file.
"use strict";
(() => {
  const field = (selector) => document.querySelector(selector);

  // A filter shows its result as soon as it is chosen, and leaves what is empty out of the address.
  for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
    for (const select of form.querySelectorAll("select")) {
      select.addEventListener("change", () => form.requestSubmit());
    }
    form.addEventListener("formdata", ({ formData }) => {
      for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    });
  }

  // Keys, where nothing is being typed and somebody is logged in: n adds, / searches, ? tells.
  const help = field("#keys");
  if (help) help.hidden = false;
  const reach = (selector, address) => {
    const input = field(selector);
    if (input) input.focus(); else location.assign(address);
  };
  const actions = {
    n: () => reach("#amount", "/expenses/new"),
    "/": () => reach("#q", "/expenses"),
    "?": () => {
      if (!help) return;
      help.open = true;
      help.querySelector("summary").focus();
    },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    const action = actions[event.key];
    if (typing || !action || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!field(".top-user")) return;
    event.preventDefault();
    action();
  });
})();
