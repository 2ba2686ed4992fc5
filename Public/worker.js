// The service worker answers with what a page has kept where nothing can be fetched.
const answer = async (request, kept) => {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    const page = await caches.match(kept);
    const sent = (await copy.text()).replace(/[^\w%&=+.*-]/g, "");
    return new Response((await page.text()).replace("<form", `$& data-sent="${sent}"`), page);
  }
};

addEventListener("fetch", (event) => {
  const { mode, method, url } = event.request;
  const isPage = mode === "navigate" && (method === "GET" || url.endsWith("/expenses"));
  if (isPage) event.respondWith(answer(event.request, "offline"));
  else if (url.includes("/static/")) event.respondWith(answer(event.request, url));
});
