// What is typed without a connection waits in localStorage, encrypted with a key that goes at log-out.
import { base, field, isTyped } from "./app.js";

const [stock, prefix] = ["offline " + base, `waiting ${base} `];
const read = (key) => JSON.parse(localStorage[key] ?? null);
const write = (key, value) => (localStorage[key] = JSON.stringify(value));
const waiting = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix)).sort();

const crypt = async (work, key, iv, data) => {
  const made = await crypto.subtle.importKey("raw", Uint8Array.from(key), "AES-GCM", false, [work]);
  return new Uint8Array(await crypto.subtle[work]({ name: "AES-GCM", iv }, made, data));
};
const keep = async (fields) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypt("encrypt", read(stock).keys[0], iv, new TextEncoder().encode(fields));
  write(prefix + Date.now(), [...iv, ...data]);
};
// Only this user's.
const open = async (entry) => {
  const bytes = Uint8Array.from(read(entry));
  for (const key of read(stock)?.keys ?? []) {
    const text = await crypt("decrypt", key, bytes.slice(0, 12), bytes.slice(12)).catch(() => {});
    if (text) return new URLSearchParams(new TextDecoder().decode(text));
  }
};

const page = field("#offline");
const problems = {};
const send = async () => {
  let next;
  for (const key of waiting()) {
    const body = await open(key);
    if (!body) continue;
    const answer = await fetch(base + "offline", { method: "POST", body, redirect: "manual" }).catch(() => ({}));
    if (answer.status === 201) {
      delete localStorage[key];
      next = answer.headers.get("Location");
    } else if (answer.status === 422) {
      problems[key] = await answer.text();
    } else {
      // Logged out: the app leads on.
      if (page && answer.status < 500) next = base + "expenses";
      break;
    }
  }
  if (next && !isTyped()) location.assign(next);
};

if (page) {
  const form = field("form");
  const { elements } = form;
  const template = field("template");
  const fill = (fields) => {
    for (const [name, value] of fields)
      Object.assign(elements[name.replace("_name", "")] ?? {}, { value, checked: true });
    elements.amount.focus();
  };
  const show = async () => {
    const rows = [];
    for (const key of waiting()) {
      const fields = await open(key);
      const row = template.content.cloneNode(true);
      const [text, problem, button] = row.querySelectorAll("strong, p, button");
      if (fields) text.textContent = ["amount", "description", "date"].flatMap((name) => fields.get(name) || []).join(" · ");
      problem.textContent = problems[key];
      button.onclick = () => {
        if (!fields && !confirm(template.title)) return;
        delete localStorage[key];
        fill(fields ?? []);
        show();
      };
      rows.push(row);
    }
    field("#waits").replaceChildren(...rows);
    form.hidden = !read(stock)?.ids.length;
  };
  const go = () => show().then(send).then(show);
  form.onsubmit = async (event) => {
    event.preventDefault();
    const has = read(stock);
    elements.form.value ||= has.ids.pop();
    write(stock, has);
    await keep(new URLSearchParams(new FormData(form)));
    form.reset();
    go();
  };
  elements.date.defaultValue = new Date().toLocaleDateString("sv");
  if (location.pathname.endsWith("/new")) fill(new URLSearchParams(location.search));
  if (form.dataset.sent) await keep(form.dataset.sent).catch(() => {});
  addEventListener("online", go);
  go();
} else {
  const user = field(".top-user")?.dataset.user;
  const forget = () => delete localStorage[stock];
  field("[action$='/logout']")?.addEventListener("submit", forget);
  if (field("nav.top-end")) forget();
  if (user && navigator.serviceWorker) {
    const has = read(stock);
    if (has?.user !== user || has.ids.length < 50) {
      const given = await (await fetch(base + "offline/ids")).json();
      await navigator.serviceWorker.register(base + "worker.js");
      await (await caches.open(stock)).addAll(given.files);
      write(stock, { ...given, user });
    }
    await send();
  }
  field("#waiting").hidden = !waiting().length;
}
