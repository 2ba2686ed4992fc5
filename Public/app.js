// Comfort only: every page works without this file.
"use strict";
(() => {
  // Where the app stands on its host: nothing, or a path such as /money.
  const [base] = document.currentScript.getAttribute("src").split("/static/");
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

  // A browser joins the lines of what is pasted: 12 and 13 would become 1213.
  amount?.addEventListener("paste", (event) => {
    const lines = event.clipboardData.getData("text").trim().split(/\s*[\r\n]+\s*/);
    if (lines.length < 2) return;
    event.preventDefault();
    amount.setRangeText(lines.join(" ⏎ "), amount.selectionStart, amount.selectionEnd, "end");
  });

  // The server does not know where its visitors are: told once, it offers their own time zone.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && field(".top-user") && !/(^|; )zone=/.test(document.cookie)) {
    document.cookie = `zone=${encodeURIComponent(zone)}; path=${base || "/"}; max-age=31536000; samesite=lax`;
  }

  // The key for the search leads here from other pages.
  if (location.hash === "#q") field("#q")?.focus();

  // Between two boxes that are pressed, the second one with Shift, all become as the second.
  const boxes = [...document.querySelectorAll("[name=expense]")];
  let pressed = -1;
  field("form.select")?.addEventListener("click", ({ target, shiftKey }) => {
    const place = boxes.indexOf(target);
    if (place < 0) return;
    if (shiftKey && pressed >= 0) {
      const [first, last] = [Math.min(place, pressed), Math.max(place, pressed)];
      for (const box of boxes.slice(first, last)) box.checked = target.checked;
    }
    pressed = place;
  });

  // Back shows a page as the browser has kept it: one with figures is loaded anew where a form has been sent since, unless
  // something has been typed into it.
  const loaded = Date.now();
  addEventListener("submit", ({ target }) => {
    if (target.method === "post") sessionStorage.setItem("sent", Date.now());
  });
  addEventListener("pageshow", ({ persisted }) => {
    const fields = [...document.querySelectorAll("main .form-control")];
    const isTyped = fields.some((input) => input.value !== input.defaultValue);
    const isOld = Number(sessionStorage.getItem("sent")) > loaded;
    if (persisted && isOld && !isTyped && field("#list, .bars")) location.reload();
  });

  // Keys, where nothing is being typed and somebody is logged in: n adds, / searches, ? tells.
  const help = field("#keys");
  if (help) help.hidden = false;
  const reach = (selector, address) => {
    const input = field(selector);
    if (input) input.focus(); else location.assign(address);
  };
  const actions = {
    n: () => reach("#amount", base + "/expenses/new"),
    "/": () => reach("#q", base + "/expenses#q"),
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
