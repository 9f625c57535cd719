// Plan files on their way: dropped or chosen, sent by us so that the reader sees how much has gone.
"use strict";
(() => {
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
  function send(given) {
    const files = [...given]; // the list empties when the box is made ready for the next ones
    const place = drop();
    if (!files.length || place.dataset.busy) return;
    const most = Number(place.dataset.most);
    const tooBig = files.find((file) => file.size > most);
    if (tooBig) return refuse(`Tệp “${tooBig.name}” lớn hơn ${Math.floor(most / 1048576)} MB; xin chỉ gửi kế hoạch và phụ lục, không kèm ảnh.`);
    const empty = files.find((file) => !file.size);
    if (empty) return refuse(`Tệp “${empty.name}” rỗng; xin gửi lại tệp có nội dung.`);
    const form = new FormData();
    // each under a name of its own: of two with one name the server would keep the last
    files.forEach((file, at) => form.append(`tep-${at}`, file, file.name));
    const request = new XMLHttpRequest();
    request.open("POST", place.dataset.to);
    request.upload.onprogress = (event) => {
      if (!event.lengthComputable) return;
      part(event.loaded / event.total);
      phase(`Đang gửi ${files.length > 1 ? files.length + " tệp" : "“" + files[0].name + "”"}: ${Math.round((event.loaded / event.total) * 100)}%`);
    };
    request.onload = () => {
      delete place.dataset.busy;
      if (request.status >= 400) refuse(request.status === 413 ? "Tệp quá lớn." : "Chưa gửi được; xin tải lại trang rồi gửi lại.");
      else {
        phase("Đã gửi.");
        setTimeout(() => phase(""), 700); // by then the server says how the reading goes
      }
    };
    request.onerror = () => { delete place.dataset.busy; refuse("Mất kết nối khi gửi tệp; xin gửi lại."); };
    place.dataset.busy = "yes";
    request.send(form);
  }
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
