"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const key = (row, column) => {
    const text = row.cells[column].textContent.trim();
    const found = /^[-+]?\d+(?:[.,]\d+)?/.exec(text);
    return found ? [0, parseFloat(found[0].replace(",", ".")), text] : [text ? 1 : 2, 0, text];
  };
  const language = table.closest("[lang]").lang;
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = [...body.rows].sort((one, other) => {
        const [a, b] = [key(one, column), key(other, column)];
        const order = a[0] - b[0] || a[1] - b[1] || a[2].localeCompare(b[2], language);
        return a[0] === 2 || b[0] === 2 ? a[0] - b[0] : up ? order : -order;
      });
      body.append(...rows);
    });
  });
}
