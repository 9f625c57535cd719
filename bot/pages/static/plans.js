// Plan files on their way: dropped or chosen, sent by us so that the reader sees how much has gone.
"use strict";
(() => {
  const MOST = 30;
  const drop = () => document.querySelector(".pl-drop");
  const phase = (words) => { drop().querySelector(".pl-sent").textContent = words; };
  const part = (share) => {
    const bar = drop().querySelector(".pl-bar");
    bar.classList.add("on");
    bar.style.setProperty("--part", share.toFixed(3));
    bar.setAttribute("aria-valuenow", Math.round(share * 100));
  };
  const refuse = (words) => {
    drop().querySelector(".pl-bar").classList.remove("on");
    phase(words);
  };
  const listed = (files) => files.map((file) => `“${file.name ?? file}”`).join(", ");
  // by name as people count (2 before 10), appendices and forms last, unless the names begin with numbers
  const folded = (name) => name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  const isAnnex = (file) => /^[^a-z0-9]*(phu[ _-]?luc|pl|bieu|mau|danh[ _-]?muc)(?![a-z])/.test(folded(file.name));
  const byName = new Intl.Collator("vi", { numeric: true, sensitivity: "base" });
  const inOrder = (files) => files.sort((one, other) => isAnnex(one) - isAnnex(other) || byName.compare(one.name, other.name));
  // what is on its way is remembered: the page may be loaded anew when the server starts again
  const UNDERWAY = "plans-underway";
  const cutShort = (names, got) => {
    const had = got ? `Đã nhận ${got}/${names.length} tệp (${listed(names.slice(0, got))}), sẽ được đọc. ` : "";
    return `${had}Chưa nhận ${listed(names.slice(got))}; xin gửi lại.`;
  };
  const remember = (names, got) => sessionStorage.setItem(UNDERWAY, JSON.stringify({ names, got }));
  function stop(files, got, words) {
    sessionStorage.removeItem(UNDERWAY);
    delete drop().dataset.busy;
    refuse(`${words} ${cutShort(files.map((file) => file.name), got)}`);
    if (got) drop().dispatchEvent(new CustomEvent("cut"));
  }
  function post(files, at, album) {
    const form = new FormData();
    form.append("tep", files[at], `${album}:${at}:${files.length}:${files[at].name}`);
    const request = new XMLHttpRequest();
    request.open("POST", drop().dataset.to);
    request.upload.onprogress = (event) => {
      if (!event.lengthComputable) return;
      const share = event.loaded / event.total;
      part((at + share) / files.length);
      phase(`Đang gửi “${files[at].name}”${files.length > 1 ? ` (${at + 1}/${files.length})` : ""}: ${Math.round(share * 100)}%`);
    };
    request.onload = () => {
      if (request.status >= 400) return stop(files, at, request.status === 413 ? "Tệp quá lớn." : "Chưa gửi được hết; xin tải lại trang.");
      remember(files.map((file) => file.name), at + 1);
      if (at + 1 < files.length) return post(files, at + 1, album);
      sessionStorage.removeItem(UNDERWAY);
      delete drop().dataset.busy;
      phase("Đã gửi.");
      setTimeout(() => phase(""), 700); // by then the server says how the reading goes
    };
    request.onerror = () => stop(files, at, "Mất kết nối khi gửi tệp.");
    request.send(form);
  }
  function send(given) {
    const files = inOrder([...given]); // the list empties when the box is made ready for the next ones
    const place = drop();
    if (!files.length || place.dataset.busy) return;
    const most = Number(place.dataset.most);
    const tooBig = files.find((file) => file.size > most);
    if (tooBig) return refuse(`Tệp “${tooBig.name}” lớn hơn ${Math.floor(most / 1048576)} MB; xin chỉ gửi kế hoạch và phụ lục, không kèm ảnh.`);
    const empty = files.find((file) => !file.size);
    if (empty) return refuse(`Tệp “${empty.name}” rỗng; xin gửi lại tệp có nội dung.`);
    if (files.length > MOST) return refuse(`Mỗi lần gửi tối đa ${MOST} tệp; xin gửi thân kế hoạch và các phụ lục của kế hoạch ấy.`);
    place.dataset.busy = "yes";
    remember(files.map((file) => file.name), 0);
    const letters = [...crypto.getRandomValues(new Uint8Array(12))].map((each) => each.toString(16).padStart(2, "0"));
    post(files, 0, letters.join(""));
  }
  function tellWhatWasCut() {
    const kept = sessionStorage.getItem(UNDERWAY);
    if (!kept || !drop() || drop().dataset.busy) return;
    sessionStorage.removeItem(UNDERWAY);
    const { names, got } = JSON.parse(kept);
    if (got < names.length) refuse(`Việc gửi bị ngắt. ${cutShort(names, got)}`);
  }
  addEventListener("load", () => setTimeout(tellWhatWasCut, 800)); // once the page is drawn
  document.addEventListener("change", ({ target }) => {
    if (target.id !== "pl-tep") return;
    send(target.files);
    target.value = "";
  });
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (!drop() || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      drop().classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop()?.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    if (!drop() || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    drop().classList.remove("over");
    send(event.dataTransfer.files);
  });
})();
