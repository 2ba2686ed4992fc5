// Comfort only: every page works without this file.
"use strict";
(() => {
  const field = (selector) => document.querySelector(selector);

  // What is empty stays out of a filter's address.
  for (const form of document.querySelectorAll("form.filter")) {
    form.addEventListener("formdata", ({ formData }) => {
      for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    });
  }

  // An amount that is there is about to be typed anew.
  const amount = field("#amount");
  amount?.addEventListener("focus", () => amount.select());
  if (amount && document.activeElement === amount) amount.select();

  // The key for the search leads here from other pages.
  if (location.hash === "#q") field("#q")?.focus();

  // Keys, where nothing is being typed and somebody is logged in: n adds, / searches, ? tells.
  const help = field("#keys");
  if (help) help.hidden = false;
  const reach = (selector, address) => {
    const input = field(selector);
    if (input) input.focus(); else location.assign(address);
  };
  const actions = {
    n: () => reach("#amount", "/expenses/new"),
    "/": () => reach("#q", "/expenses#q"),
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
