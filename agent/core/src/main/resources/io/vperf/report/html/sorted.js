/* A table that is sorted by its heads and filtered by a word. Only the rows shown are in the document. */
class SortedTable {
  /* columns: {title, group, text(row), value(row): sorts, node(row), cls}; what is unknown (null) is sorted last. */
  constructor(caption, columns, rows, options) {
    this.columns = columns;
    this.rows = rows;
    this.shown = options.shown;
    this.page = options.shown;
    this.word = "";
    this.by = options.by;
    this.descending = true;
    this.onChange = options.onChange || (() => {});
    this.onRow = options.onRow || (() => {});
    this.body = element("tbody");
    this.status = element("p", {class: "note", role: "status"});
    this.more = element("button", {type: "button", onclick: () => this.showAll()}, "Show all");
    this.head = element("thead");
    this.table = element("table", {class: "sorted"}, element("caption", {}, caption), this.head, this.body);
    this.box = boxed(this.table, caption);
    this.draw();
  }

  showAll() {
    this.page = Infinity;
    this.draw();
  }

  filter(word) {
    this.word = word.toLowerCase();
    this.page = this.shown;
    this.draw();
  }

  hide(groups) {
    this.hidden = groups;
    this.draw();
  }

  sortBy(column) {
    this.descending = this.by === column ? !this.descending : column.value(this.rows[0]) === null
      || typeof column.value(this.rows[0]) !== "string";
    this.by = column;
    this.draw();
    const button = this.head.querySelector("[aria-sort] button");
    if (button) {
      button.focus();
    }
  }

  visibleColumns() {
    return this.columns.filter(column => !column.group || !(this.hidden || []).includes(column.group));
  }

  selection() {
    const kept = this.rows.filter(row => row.name.toLowerCase().includes(this.word));
    const value = this.by.value;
    const sign = this.descending ? -1 : 1;
    return kept.map((row, i) => [row, value(row), i]).sort((a, b) => {
      if (a[1] === null || b[1] === null) {
        return a[1] === b[1] ? a[2] - b[2] : a[1] === null ? 1 : -1;
      }
      return a[1] < b[1] ? -sign : a[1] > b[1] ? sign : a[2] - b[2];
    }).map(([row]) => row);
  }

  draw() {
    const columns = this.visibleColumns();
    const selected = this.selection();
    const shown = selected.slice(0, this.page);
    this.head.replaceChildren(...this.heads(columns));
    this.body.replaceChildren(...shown.map(row => this.row(row, columns)));
    this.status.textContent = selected.length === 0
      ? "No name holds “" + this.word + "”."
      : "Shown: " + count(shown.length) + " of " + count(selected.length)
        + (selected.length < this.rows.length ? " that match, of " + count(this.rows.length) + " in all" : "") + ".";
    this.more.hidden = shown.length === selected.length;
    this.more.textContent = "Show all " + count(selected.length);
    this.selected = selected;
    this.onChange(selected);
  }

  heads(columns) {
    const groups = [];
    for (const column of columns) {
      const last = groups[groups.length - 1];
      if (last && column.group && last.group === column.group) {
        last.columns.push(column);
      } else {
        groups.push({group: column.group, columns: [column]});
      }
    }
    const grouped = groups.some(({group}) => group);
    const upper = element("tr");
    const lower = element("tr");
    for (const {group, columns: own} of groups) {
      if (group) {
        upper.append(element("th", {scope: "colgroup", colspan: own.length, class: "group"}, group));
        own.forEach(column => lower.append(this.headOf(column, 1)));
      } else {
        upper.append(this.headOf(own[0], grouped ? 2 : 1));
      }
    }
    return grouped ? [upper, lower] : [upper];
  }

  headOf(column, rowspan) {
    const sorted = this.by === column;
    return element("th", {
      scope: "col",
      rowspan,
      class: column.cls,
      "aria-sort": sorted ? (this.descending ? "descending" : "ascending") : null
    }, element("button", {type: "button", onclick: () => this.sortBy(column)}, column.title,
      element("span", {"aria-hidden": "true", class: "arrow"}, sorted ? (this.descending ? " ▼" : " ▲") : "")));
  }

  row(row, columns) {
    const made = element("tr", {}, ...columns.map((column, i) => {
      const content = column.node ? column.node(row) : column.text(row);
      return i === 0
        ? element("th", {scope: "row", class: column.cls}, content)
        : element("td", {class: column.cls, "data-key": column.key}, content);
    }));
    this.onRow(row, made);
    return made;
  }
}
