// Comfort only: every page works without this file.

// Where the app stands on its host: / or, say, /money/.
export const base = new URL("..", import.meta.url).pathname;
export const field = (selector) => document.querySelector(selector);

// Empty fields stay out of a filter's address. What waits shows its category by name.
addEventListener("formdata", ({ target, formData }) => {
  const [option] = target.elements.category?.selectedOptions ?? [];
  if (option?.value) formData.append("category_name", option.text);
  if (!target.matches(".filter")) return;
  for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
});

// An amount that is there is about to be typed anew.
const amount = field("#amount");
amount?.addEventListener("focus", () => amount.select());
if (document.activeElement === amount) amount?.select();

// A browser joins pasted lines: 12 and 13 would become 1213.
amount?.addEventListener("paste", (event) => {
  const lines = event.clipboardData.getData("text").trim().split(/\s*[\r\n]+\s*/);
  if (lines.length < 2) return;
  event.preventDefault();
  amount.setRangeText(lines.join(" ⏎ "), amount.selectionStart, amount.selectionEnd, "end");
});

// Offered to users without a time zone.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && field(".top-user") && !/(^|; )zone=/.test(document.cookie)) {
  document.cookie = `zone=${encodeURIComponent(zone)}; path=${base.slice(0, -1) || "/"}; max-age=31536000; samesite=lax`;
}

// The key for the search leads here.
if (location.hash === "#q") field("#q")?.focus();

// With Shift, all boxes from the one pressed before become as this one.
const boxes = [...document.querySelectorAll("[name=expense]")];
let pressed;
field("form.select")?.addEventListener("click", ({ target, shiftKey }) => {
  const place = boxes.indexOf(target);
  if (place < 0) return;
  const between = boxes.slice(Math.min(place, pressed), Math.max(place, pressed));
  if (shiftKey) for (const box of between) box.checked = target.checked;
  pressed = place;
});

export const isTyped = () =>
  [...document.querySelectorAll("main .form-control")].some(({ value, defaultValue }) => value !== defaultValue);

// Back loads a page with figures anew where a form has been sent since and nothing has been typed.
const loaded = Date.now();
addEventListener("submit", ({ target }) => {
  if (target.method === "post") sessionStorage.sent = Date.now();
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && sessionStorage.sent > loaded && !isTyped() && field("#list, .bars")) location.reload();
});

// Keys outside of fields: n adds, / searches, ? tells.
const help = field("#keys");
if (help) help.hidden = false;
const places = { n: ["#amount", "expenses/new"], "/": ["#q", "expenses#q"], "?": ["#keys summary"] };
addEventListener("keydown", (event) => {
  const [selector, address] = (help && places[event.key]) ?? [];
  if (!selector || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  help.open ||= event.key === "?";
  const input = field(selector);
  if (input) input.focus(); else location.assign(base + address);
});
