// The API of Javy, so that programs written for it compile as they are.
(function (native) {
  "use strict";
  const { read, write, readAll, print, classOf } = native;
  const { parse, stringify } = JSON;

  const view = (name, buffer) => {
    if (classOf(buffer) !== "Uint8Array") throw new TypeError(`Javy.IO.${name}: the buffer is not a Uint8Array`);
    return buffer;
  };
  const file = (name, fd, first, last) => {
    if (fd !== (fd | 0) || fd < first || fd > last)
      throw new TypeError(`Javy.IO.${name}: there is no such file: ${String(fd)}`);
    return fd;
  };

  const Javy = {
    IO: {
      readSync(fd, buffer) {
        file("readSync", fd, 0, 0);
        const { buffer: bytes, byteOffset, byteLength } = view("readSync", buffer);
        return read(fd, bytes, byteOffset, byteLength);
      },
      writeSync(fd, buffer) {
        file("writeSync", fd, 1, 2);
        const { buffer: bytes, byteOffset, byteLength } = view("writeSync", buffer);
        return write(fd, bytes, byteOffset, byteLength);
      },
    },
    JSON: {
      fromStdin: () => parse(readAll()),
      toStdout: (value) => {
        print(2, stringify(value));
      },
    },
  };
  Object.defineProperty(globalThis, "Javy", { value: Javy, writable: true, configurable: true, enumerable: false });
});
