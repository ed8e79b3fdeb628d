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
})();
