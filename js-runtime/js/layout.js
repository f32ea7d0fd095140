// How the texts of values are put together: quotes, lines and columns. For `inspect.js`.
(function (native) {
  "use strict";
  const { slice, indexOf, repeat, padStart, padEnd, codePointAt, join, exec } = native.builtins;
  const { ownValue } = native;
  const { max, min, round, sqrt, floor } = Math;

  // Control characters, single quotes, backslashes and lone surrogates.
  const special = /[\0-\x1f'\\\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
  const escapes = { __proto__: null, 8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 39: "\\'", 92: "\\\\" };
  const capitals = "0123456789ABCDEF";
  const hexDigits = "0123456789abcdef";
  const notPlain = /[^\x20-\x7e]/;
  const zeroWidth =
    /[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u200b-\u200f\u20d0-\u20ff\ufe00-\ufe0f\ufeff]/;
  // East Asian scripts, and the emoji that show as such by themselves.
  const doubleWidth = new RegExp(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6" +
      "\u231a\u231b\u23e9-\u23ec\u25fd\u25fe\u2614\u2615\u2648-\u2653\u26a1\u26bd\u26be\u26d4\u2705\u2728\u274c" +
      "\u2753-\u2755\u2757\u2b50\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]",
    "u",
  );

  // What stands in front of the braces, with a space behind.
  function prefix({ name, tag }, fallback, size = "") {
    if (name !== null) return name + size + (tag !== "" && name !== tag ? " [" + tag + "] " : " ");
    return "[" + fallback + size + ": null prototype] " + (tag !== "" && fallback !== tag ? "[" + tag + "] " : "");
  }

  // Puts the items between the braces: on one line, in columns, or one below the other.
  function layOut(ctx, items, { base, open, close, list }, level, value) {
    const before = base === "" ? open : base + " " + open;
    if (ctx.compact >= 1) {
      const count = items.length;
      if (list && count > 6) items = inColumns(ctx, items, value);
      if (ctx.deepest - level < ctx.compact && count === items.length) {
        // The items, a comma and a space between, what stands before, and ten for a key.
        let width = items.length * 2 + ctx.indent + open.length + base.length + 10;
        for (let i = 0; i < items.length; i++) width += items[i].length;
        if (width <= ctx.breakLength && indexOf(base, "\n") < 0) {
          const line = join(items, ", ");
          if (indexOf(line, "\n") < 0) return before + " " + line + " " + close;
        }
      }
    }
    const indent = "\n" + repeat(" ", ctx.indent);
    return before + indent + "  " + join(items, "," + indent + "  ") + indent + close;
  }

  // Many short items share lines, as wide as their columns' widest, so that the whole is about 2.5 times as wide as high.
  function inColumns(ctx, items, value) {
    const count = ctx.maxArrayLength < items.length ? items.length - 1 : items.length;
    const widths = [];
    let total = 0;
    let widest = 0;
    for (let i = 0; i < count; i++) {
      const width = textWidth(items[i]);
      widths[i] = width;
      total += width + 2;
      widest = max(widest, width);
    }
    const column = widest + 2;
    if (column * 3 + ctx.indent >= ctx.breakLength || (total / column <= 5 && widest > 6)) return items;
    const bias = max(column - 3 - sqrt(column - total / items.length), 1);
    const columns = min(
      round(sqrt(2.5 * bias * count) / bias),
      floor((ctx.breakLength - ctx.indent) / column),
      ctx.compact * 4,
      15,
    );
    if (columns <= 1) return items;
    const columnWidths = [];
    for (let i = 0; i < columns; i++) {
      let width = 0;
      for (let j = i; j < count; j += columns) width = max(width, widths[j]);
      columnWidths[i] = width + 2;
    }
    const pad = value !== undefined && onlyNumbers(value, items.length) ? padStart : padEnd;
    const rows = [];
    for (let i = 0; i < count; i += columns) {
      const last = min(i + columns, count) - 1;
      let row = "";
      for (let j = i; j < last; j++)
        row += pad(items[j] + ", ", columnWidths[j - i] + items[j].length - widths[j], " ");
      if (pad === padEnd) row += items[last];
      else row += pad(items[last], columnWidths[last - i] + items[last].length - widths[last] - 2, " ");
      rows[rows.length] = row;
    }
    if (count < items.length) rows[rows.length] = items[count];
    return rows;
  }

  function onlyNumbers(value, count) {
    for (let i = 0; i < count; i++) {
      const type = typeof ownValue(value, i, undefined);
      if (type !== "number" && type !== "bigint") return false;
    }
    return true;
  }

  // How many columns of a terminal a text takes: East Asian characters and emoji take two, accents and controls none.
  function textWidth(text) {
    if (exec(notPlain, text) === null) return text.length;
    let width = 0;
    for (let i = 0; i < text.length; i++) {
      const code = codePointAt(text, i);
      if (code > 0xffff) i++;
      if (code < 0x20 || (code >= 0x7f && code < 0xa0)) continue;
      const character = code > 0xffff ? slice(text, i - 1, i + 1) : text[i];
      if (exec(zeroWidth, character) === null) width += exec(doubleWidth, character) === null ? 1 : 2;
    }
    return width;
  }

  function quote(text) {
    special.lastIndex = 0;
    if (exec(special, text) === null) return "'" + text + "'";
    let mark = "'";
    if (indexOf(text, "'") >= 0) {
      if (indexOf(text, '"') < 0) mark = '"';
      else if (indexOf(text, "`") < 0 && indexOf(text, "${") < 0) mark = "`";
    }
    return mark + escaped(text, mark) + mark;
  }

  // Escapes what does not show, backslashes and single quotes, these only between single quotes.
  function escaped(text, mark) {
    let out = "";
    let from = 0;
    special.lastIndex = 0;
    for (let match; (match = exec(special, text)) !== null; from = match.index + 1) {
      const code = codePointAt(text, match.index);
      out += slice(text, from, match.index);
      if (code === 39 && mark !== "" && mark !== "'") out += "'";
      else if (escapes[code] !== undefined) out += escapes[code];
      else if (code < 256) out += "\\x" + capitals[code >> 4] + capitals[code & 15];
      else out += "\\ud" + hexDigits[(code >> 8) & 15] + hexDigits[(code >> 4) & 15] + hexDigits[code & 15];
    }
    return out + slice(text, from);
  }

  function lines(text) {
    const list = [];
    let from = 0;
    for (let at; (at = indexOf(text, "\n", from)) >= 0; from = at + 1) list[list.length] = slice(text, from, at);
    list[list.length] = slice(text, from);
    return list;
  }

  function indented(text, indent) {
    if (indent === 0) return text;
    const pad = repeat(" ", indent);
    let out = "";
    let from = 0;
    for (let at; (at = indexOf(text, "\n", from) + 1) > 0; from = at) out += slice(text, from, at) + pad;
    return out + slice(text, from);
  }

  native.layout = { hexDigits, prefix, layOut, textWidth, quote, escaped, indented, lines };
});
