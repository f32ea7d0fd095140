// What is between an object's braces but for its properties: elements, entries, bytes. For `inspect.js`.
(function (native) {
  "use strict";
  const { promiseDetails, ownValue, ownKeys, entries } = native;
  const { typedLength } = native.builtins;
  const { hexDigits, layOut } = native.layout;
  const { NONE, read } = native.reflection;
  const { getOwnPropertyDescriptor, keys: enumerableKeys } = Object;
  const { max, min } = Math;
  const Bytes = Uint8Array;
  const typedParts = ["BYTES_PER_ELEMENT", "length", "byteLength", "byteOffset", "buffer"];
  const viewParts = ["byteLength", "byteOffset", "buffer"];

  // The formats of one item are `inspect.js`'s, which uses these in turn.
  native.items = ({ NAMED, ELEMENT, formatValue, formatInside, formatPrimitive, formatProperty, formatKey }) => {
    function more(items, count, what) {
      if (count > 0) items[items.length] = "... " + count + " more " + what + (count > 1 ? "s" : "");
      return items;
    }

    function arrayItems(ctx, value, level) {
      const { length } = value;
      const shown = min(max(0, ctx.maxArrayLength), length);
      const items = [];
      for (let i = 0; i < shown; i++) {
        const element = ownValue(value, i, NONE);
        if (element !== NONE) items[i] = formatInside(ctx, element, level);
        else if (getOwnPropertyDescriptor(value, i) === undefined) return sparseItems(ctx, value, level, shown, items);
        else items[i] = formatProperty(ctx, value, level, i, ELEMENT);
      }
      return more(items, length - shown, "item");
    }

    // Goes on with an array that has no element at `items.length`.
    function sparseItems(ctx, value, level, shown, items) {
      const keys = enumerableKeys(value);
      let index = items.length;
      const hole = (end) => {
        items[items.length] = "<" + (end - index) + " empty item" + (end - index > 1 ? "s" : "") + ">";
        index = end;
      };
      for (let i = index; i < keys.length && items.length < shown; i++) {
        const position = keys[i] >>> 0;
        if ("" + position !== keys[i] || position >= value.length) break;
        if (position !== index) hole(position);
        if (items.length === shown) break;
        items[items.length] = formatProperty(ctx, value, level, position, ELEMENT);
        index++;
      }
      if (items.length === shown) return more(items, value.length - index, "item");
      if (index < value.length) hole(value.length);
      return items;
    }

    function typedItems(ctx, value, level) {
      const length = typedLength(value);
      const shown = min(max(0, ctx.maxArrayLength), length);
      const items = [];
      for (let i = 0; i < shown; i++) items[i] = formatPrimitive(ctx, value[i]);
      more(items, length - shown, "item");
      if (ctx.showHidden)
        for (let i = 0; i < typedParts.length; i++) {
          ctx.indent += 2;
          const part = formatValue(ctx, read(value, typedParts[i]), level, true);
          ctx.indent -= 2;
          items[items.length] = "[" + typedParts[i] + "]: " + part;
        }
      return items;
    }

    function bufferItems(ctx, value, level) {
      let bytes;
      try {
        bytes = new Bytes(value);
      } catch {
        return ["(detached)", formatProperty(ctx, value, level, "byteLength", NAMED)];
      }
      const length = typedLength(bytes);
      const shown = min(max(0, ctx.maxArrayLength), length);
      let text = "";
      for (let i = 0; i < shown; i++) text += (i > 0 ? " " : "") + hexDigits[bytes[i] >> 4] + hexDigits[bytes[i] & 15];
      if (length > shown) text += " ... " + (length - shown) + " more byte" + (length - shown > 1 ? "s" : "");
      return ["[Uint8Contents]: <" + text + ">", formatProperty(ctx, value, level, "byteLength", NAMED)];
    }

    function sizeItems(ctx, value, level) {
      return [formatProperty(ctx, value, level, "byteLength", NAMED)];
    }

    function viewItems(ctx, value, level) {
      const items = [];
      for (let i = 0; i < viewParts.length; i++) items[i] = formatProperty(ctx, value, level, viewParts[i], NAMED);
      return items;
    }

    function setItems(ctx, value, level, { entries }) {
      const items = [];
      for (let i = 2; i < entries.length; i++) items[i - 2] = formatInside(ctx, entries[i], level);
      return more(items, entries[1] - items.length, "item");
    }

    function mapItems(ctx, value, level, { entries }) {
      const items = [];
      for (let i = 2; i < entries.length; i += 2)
        items[items.length] = formatInside(ctx, entries[i], level) + " => " + formatInside(ctx, entries[i + 1], level);
      return more(items, entries[1] - items.length, "item");
    }

    function pairItems(ctx, value, level, { entries }) {
      const items = [];
      ctx.indent += 2;
      for (let i = 2; i < entries.length; i += 2) {
        const pair = [formatValue(ctx, entries[i], level, false), formatValue(ctx, entries[i + 1], level, false)];
        items[items.length] = layOut(ctx, pair, { base: "", open: "[", close: "]", list: true }, level, undefined);
      }
      ctx.indent -= 2;
      return more(items, entries[1] - items.length, "item");
    }

    function promiseItems(ctx, value, level) {
      const details = promiseDetails(value);
      if (details[0] === 0) return ["<pending>"];
      return [(details[0] === 2 ? "<rejected> " : "") + formatInside(ctx, details[1], level)];
    }

    function unknownItems() {
      return ["<items unknown>"];
    }

    function exportItems(ctx, value, level, { entries }) {
      const items = [];
      for (let i = 0; i < entries.length; i++)
        try {
          items[i] = formatProperty(ctx, value, level, entries[i], NAMED);
        } catch {
          items[i] = formatKey(entries[i], false) + ": <uninitialized>";
        }
      return items;
    }
    return {
      arrayItems,
      typedItems,
      bufferItems,
      sizeItems,
      viewItems,
      setItems,
      mapItems,
      pairItems,
      promiseItems,
      unknownItems,
      exportItems,
    };
  };
});
