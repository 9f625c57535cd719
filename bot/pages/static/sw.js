// Kept on the phone: the page that is shown without a network. Everything else always comes from the server.
"use strict";

const STORE = "nhacviec-" + KEPT.join("|").length + "-" + KEPT[1].split("v=")[1];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(KEPT)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("nhacviec-") && name !== STORE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(KEPT[0])));
  } else if (KEPT.includes(new URL(request.url).pathname + new URL(request.url).search)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
