// What makes the console quicker to use; every page works without it.
(() => {
  const csrf = () => document.querySelector('meta[name="csrf"]').content;

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRF-Token"] = csrf();
    // a page that refreshes itself is no sign of life of its reader
    if (event.detail.elt.hasAttribute("data-refresh")) {
      event.detail.headers["X-Refresh"] = "true";
    }
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const refresh = event.detail.elt.hasAttribute("data-refresh");
    if (refresh && document.hidden) {
      event.preventDefault();
    }
  });

  // on a phone the navigation scrolls sideways: what is current is in view
  document.querySelector(".side [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  let afterG = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      return;
    }
    if (event.key === "/") {
      const search = document.querySelector('input[type="search"]');
      if (search) {
        event.preventDefault();
        search.focus();
      }
    } else if (afterG) {
      const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (link) {
        link.click();
      }
    }
    afterG = event.key === "g";
  });

  // only one menu is open at a time, and Escape or a click elsewhere closes it
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu !== except) {
        menu.open = false;
      }
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.target.closest("details.menu[open]")?.querySelector("summary").focus();
      closeMenus(null);
    }
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.classList.add("copied");
    }
  });

  // a confirmation opens over the page; without this script the link leads to a page of its own
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.dialog).showModal();
    }
    const closer = event.target.closest("[data-close]");
    if (closer) {
      event.preventDefault();
      closer.closest("dialog").close();
    }
  });

  // a form is sent once, however often its button is pressed
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
    }
    form.dataset.sent = "true";
    setTimeout(() => delete form.dataset.sent, 5000);
  });

  // what the reader has opened stays open when a part of the page refreshes itself
  let opened = [];
  document.addEventListener("htmx:beforeSwap", (event) => {
    opened = [...event.detail.target.querySelectorAll("details[open][id]")].map((details) => details.id);
  });
  document.addEventListener("htmx:afterSettle", () => {
    for (const id of opened) {
      const details = document.getElementById(id);
      if (details) {
        details.open = true;
      }
    }
    opened = [];
  });

  // the output of a run goes on while somebody looks at it: asks for the bytes behind the last, adds them, and keeps
  // the end in view unless the reader has scrolled away
  const LONGEST_OUTPUT = 2 * 1024 * 1024;
  const followOutput = (box) => {
    const toggle = document.querySelector("[data-follow-switch]");
    if (toggle) {
      toggle.hidden = false;
    }
    let part = box.querySelector(".output-part");
    const wanted = () => !document.hidden && (!toggle || toggle.querySelector("input").checked);
    const shown = () => box.querySelector("pre");
    const isAtEnd = (pre) => pre.scrollHeight - pre.scrollTop - pre.clientHeight < 60;

    const next = async () => {
      const { epoch, next, look } = part.dataset;
      const query = new URLSearchParams(epoch ? { epoch, from: next, look } : {});
      const answer = await fetch(`${box.dataset.follow}?${query}`, { headers: { "X-Refresh": "true", "HX-Request": "true" } });
      if (!answer.ok) {
        return null;
      }
      return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".output-part");
    };

    const add = (more) => {
      const pre = shown();
      const morePre = more.querySelector("pre");
      if (!pre) {
        part.replaceWith(more);
        part = more;
        return;
      }
      const stay = !isAtEnd(pre);
      if (morePre) {
        pre.append(...morePre.childNodes);
      }
      let length = pre.textContent.length;
      while (length > LONGEST_OUTPUT && pre.childNodes.length > 1) {
        length -= pre.firstChild.textContent.length;
        pre.firstChild.remove();
      }
      Object.assign(part.dataset, more.dataset);
      if (!stay) {
        pre.scrollTop = pre.scrollHeight;
      }
    };

    const turn = async () => {
      if (wanted()) {
        const more = await next().catch(() => part);
        if (more === null) {
          return;
        }
        if (more !== part) {
          if (more.dataset.newest !== part.dataset.epoch) {
            window.location.reload();
            return;
          }
          const before = part.dataset.next;
          add(more);
          if (part.dataset.over === "true" && part.dataset.next === before) {
            return;
          }
        }
      }
      setTimeout(turn, 1000);
    };
    setTimeout(turn, 500);
  };
  for (const pre of document.querySelectorAll('[data-end="true"] pre')) {
    pre.scrollTop = pre.scrollHeight;
  }
  document.querySelectorAll("[data-follow]").forEach(followOutput);
  // Tab indents where code is written; Escape first lets Tab leave, as everywhere else
  let leaving = false;
  document.addEventListener("keydown", (event) => {
    const area = event.target.closest("textarea[data-tab]");
    if (area && event.key === "Tab" && !event.shiftKey && !leaving) {
      event.preventDefault();
      area.setRangeText(area.dataset.tab, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    leaving = event.key === "Escape";
  });

  // one more row like the last, empty; without this script the server adds some
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-more]");
    if (button) {
      event.preventDefault();
      const rows = document.querySelector(button.dataset.more);
      const row = rows.lastElementChild.cloneNode(true);
      for (const input of row.querySelectorAll("input")) {
        input.value = "";
      }
      rows.append(row);
      row.querySelector("input").focus();
    }
  });

  // of the fields that belong to a choice only the chosen one's are shown; without this script all are, and the choice counts
  const showChosen = () => {
    for (const part of document.querySelectorAll("[data-when]")) {
      const [name, values] = part.dataset.when.split("=");
      const chosen = document.querySelector(`[name="${name}"]:checked, select[name="${name}"]`);
      part.hidden = chosen !== null && !values.split(",").includes(chosen.value);
    }
  };
  showChosen();
  document.addEventListener("change", showChosen);
  document.addEventListener("htmx:afterSettle", showChosen);
})();
