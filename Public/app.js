// Comfort only: every page works without this file.

// Where the app stands on its host: / or, say, /money/.
export const base = new URL("..", import.meta.url).pathname;
export const field = (selector) => document.querySelector(selector);

// Empty fields stay out of a filter's address.
addEventListener("formdata", ({ target, formData }) => {
  if (!target.matches(".filter")) return;
  for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
});

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

// The server offers this to users who have not chosen a time zone.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && field(".top-user") && !/(^|; )zone=/.test(document.cookie)) {
  document.cookie = `zone=${encodeURIComponent(zone)}; path=${base.slice(0, -1) || "/"}; max-age=31536000; samesite=lax`;
}

// The key for the search leads here from other pages.
if (location.hash === "#q") field("#q")?.focus();

// All boxes from one to another that is pressed with Shift become as that.
const boxes = [...document.querySelectorAll("[name=expense]")];
let pressed = -1;
field("form.select")?.addEventListener("click", ({ target, shiftKey }) => {
  const place = boxes.indexOf(target);
  if (place < 0) return;
  if (shiftKey && pressed >= 0) {
    const [first, last] = [place, pressed].sort((one, other) => one - other);
    for (const box of boxes.slice(first, last)) box.checked = target.checked;
  }
  pressed = place;
});

export const isTyped = () =>
  [...document.querySelectorAll("main .form-control")].some(({ value, defaultValue }) => value !== defaultValue);

// Back loads a page with figures anew where a form has been sent since, unless something has been typed into it.
const loaded = Date.now();
addEventListener("submit", ({ target }) => {
  if (target.method === "post") sessionStorage.sent = Date.now();
});
addEventListener("pageshow", ({ persisted }) => {
  const isOld = sessionStorage.sent > loaded;
  if (persisted && isOld && !isTyped() && field("#list, .bars")) location.reload();
});

// Keys, where nothing is being typed and somebody is logged in: n adds, / searches, ? tells.
const help = field("#keys");
if (help) help.hidden = false;
const places = { n: ["#amount", "expenses/new"], "/": ["#q", "expenses#q"], "?": ["#keys summary"] };
addEventListener("keydown", (event) => {
  const [selector, address] = places[event.key] ?? [];
  if (!help || !selector || event.target.closest("input, select, textarea")) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (event.key === "?") help.open = true;
  const input = field(selector);
  if (input) input.focus(); else location.assign(base + address);
});
