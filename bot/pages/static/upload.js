// The upload page: each file by itself, with its progress; what went wrong is said beside its name and may be tried again.
"use strict";

(() => {
  const form = document.querySelector("form.upload");
  const input = form.querySelector("input[type=file]");
  const list = document.querySelector(".brought");
  const done = document.querySelector(".upload-done");
  const most = Number(form.dataset.most);
  const waiting = [];
  let busy = false, kept = 0;

  form.classList.add("scripted");

  function row(file) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const state = document.createElement("span");
    const bar = document.createElement("progress");
    name.textContent = file.name;
    name.className = "file-name";
    state.className = "file-state";
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", "Tiến độ nộp " + file.name);
    item.append(name, state, bar);
    list.append(item);
    return { item, state, bar };
  }

  function fail(shown, words, file) {
    shown.item.className = "failed";
    shown.state.textContent = words;
    shown.bar.remove();
    if (!file) return;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button";
    again.textContent = "Thử lại";
    again.addEventListener("click", () => { shown.item.remove(); take([file]); });
    shown.item.append(again);
  }

  function send(file, shown) {
    return new Promise((settle) => {
      const request = new XMLHttpRequest();
      const body = new FormData();
      body.append("tep", file, file.name);
      body.append("con", waiting.length);
      request.open("POST", location.pathname);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) shown.bar.value = (100 * event.loaded) / event.total;
      });
      request.addEventListener("load", () => {
        let answer = {};
        try { answer = JSON.parse(request.responseText); } catch { /* a page that says why, as after the link ran out */ }
        if (request.status === 200 && answer.kept) {
          shown.item.className = "had";
          shown.state.textContent = "đã nhận";
          shown.bar.remove();
          kept += 1;
        } else if (answer.troubles) {
          fail(shown, answer.troubles.join(" "));
        } else {
          fail(shown, request.status === 410 ? "Liên kết đã hết hạn." : "Chưa nộp được.", request.status === 410 ? null : file);
        }
        settle();
      });
      request.addEventListener("error", () => { fail(shown, "Mất kết nối.", file); settle(); });
      request.send(body);
    });
  }

  async function work() {
    if (busy) return;
    busy = true;
    done.hidden = true;
    while (waiting.length) {
      const [file, shown] = waiting.shift();
      await send(file, shown);
    }
    busy = false;
    if (kept) {
      done.textContent = "Đã nhận " + kept + " tệp. Có thể đóng trang này.";
      done.hidden = false;
    }
  }

  function take(files) {
    for (const file of files) {
      const shown = row(file);
      if (file.size > most) fail(shown, "Lớn hơn " + Math.floor(most / 1048576) + " MB.");
      else if (file.size === 0) fail(shown, "Tệp không có nội dung.");
      else waiting.push([file, shown]);
    }
    work();
  }

  input.addEventListener("change", () => { take(Array.from(input.files)); input.value = ""; });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const name of ["dragover", "dragenter"]) {
    document.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    document.addEventListener(name, (event) => { event.preventDefault(); form.classList.remove("over"); });
  }
  document.addEventListener("drop", (event) => take(Array.from(event.dataTransfer.files)));
  window.addEventListener("beforeunload", (event) => { if (busy) event.preventDefault(); });
})();
