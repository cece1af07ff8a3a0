(() => {
  const box = document.getElementById("filter-box");
  const input = document.getElementById("filter");
  const status = document.getElementById("filter-status");
  const rows = [...document.querySelectorAll("#theorem-rows > tr")];
  if (box && input && status) {
    box.hidden = false;
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const text = row.dataset.text.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) shown += 1;
      }
      status.textContent = words.length ? `${shown} of ${rows.length} shown` : "";
    });
  }
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });
})();
