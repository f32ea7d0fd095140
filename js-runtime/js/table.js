// The text of `console.table`.
(function (native) {
  "use strict";
  const { repeat, hasOwn } = native.builtins;
  const { classOf, entries } = native;
  const { inspect } = native.inspection;
  const { read, target } = native.reflection;
  const { textWidth } = native.layout;
  const { keys: enumerableKeys } = Object;
  const { max } = Math;
  const { isArray } = Array;

  // `data` is an object; `properties` the columns to show, all of them if undefined.
  native.table = (data, properties) => {
    data = target(data);
    if (data === null) return "";
    const kind = classOf(data);
    if (kind === "Map" || kind === "Set" || kind === "Map Iterator" || kind === "Set Iterator")
      return collectionTable(data);
    const rows = enumerableKeys(data);
    const cells = { __proto__: null };
    const values = [];
    let hasValues = false;
    for (let row = 0; row < rows.length; row++) {
      let item = read(data, rows[row]);
      const isObject = (typeof item === "object" && item !== null) || typeof item === "function";
      if (!isObject && properties === undefined) {
        hasValues = true;
        values[row] = cell(item);
        continue;
      }
      if (isObject) item = target(item);
      const keys = properties ?? (item === null ? [] : enumerableKeys(item));
      for (let i = 0; i < keys.length; i++) {
        const column = (cells[keys[i]] ??= []);
        if (isObject && item !== null && hasOwn(item, keys[i])) column[row] = cell(read(item, keys[i]));
      }
    }
    const heads = ["(index)"];
    const columns = [rows];
    const names = enumerableKeys(cells);
    for (let i = 0; i < names.length; i++) {
      heads[i + 1] = names[i];
      columns[i + 1] = cells[names[i]];
    }
    if (hasValues) {
      heads[heads.length] = "Values";
      columns[columns.length] = values;
    }
    return draw(heads, columns, rows.length);
  };

  function collectionTable(data) {
    const list = entries(data, Infinity);
    const indices = [];
    const keys = [];
    const values = [];
    for (let i = 2; i < list.length; i++) {
      if (list[0]) keys[indices.length] = cell(list[i++]);
      values[indices.length] = cell(list[i]);
      indices[indices.length] = "" + indices.length;
    }
    if (list[0]) return draw(["(iteration index)", "Key", "Values"], [indices, keys, values], indices.length);
    return draw(["(iteration index)", "Values"], [indices, values], indices.length);
  }

  function cell(value) {
    let depth = 0;
    if (typeof value === "object" && value !== null && !isArray(value)) {
      const object = target(value);
      if (object !== null && enumerableKeys(object).length > 2) depth = -1;
    }
    return inspect(value, { depth, maxArrayLength: 3, breakLength: Infinity });
  }

  // Columns are arrays of texts, with holes for empty cells.
  function draw(heads, columns, height) {
    const widths = [];
    for (let i = 0; i < heads.length; i++) {
      widths[i] = textWidth(heads[i]);
      for (let row = 0; row < height; row++)
        if (hasOwn(columns[i], row)) widths[i] = max(widths[i], textWidth(columns[i][row]));
    }
    const rule = (left, middle, right) => {
      let line = left;
      for (let i = 0; i < widths.length; i++) line += (i > 0 ? middle : "") + repeat("─", widths[i] + 2);
      return line + right;
    };
    const line = (textOf) => {
      let text = "│";
      for (let i = 0; i < widths.length; i++) {
        const shown = textOf(i);
        text += " " + shown + repeat(" ", widths[i] - textWidth(shown)) + " │";
      }
      return text + "\n";
    };
    let text = rule("┌", "┬", "┐\n") + line((i) => heads[i]) + rule("├", "┼", "┤\n");
    for (let row = 0; row < height; row++) text += line((i) => (hasOwn(columns[i], row) ? columns[i][row] : ""));
    return text + rule("└", "┴", "┘");
  }
});
