// SPDX-License-Identifier: MIT
"use strict";
// Where an instruction of the machine comes from: the browser's stack has offsets in the file.

class Code {
  // `lines`: {files: [path], rows: base64 of varints: offset, file, line, each as a difference}.
  constructor(names, files, rows) {
    this.names = names;
    this.files = files;
    this.at = [];
    this.file = [];
    this.line = [];
    let i = 0, offset = 0, file = 0, line = 0;
    const next = () => {
      let value = 0, shift = 0, byte;
      do {
        byte = rows[i++];
        value += (byte & 0x7f) * 2 ** shift;
        shift += 7;
      } while (byte & 0x80);
      return value;
    };
    const signed = () => {
      const value = next();
      return value & 1 ? -((value + 1) / 2) : value / 2;
    };
    while (i < rows.length) {
      offset += next();
      file += signed();
      line += signed();
      this.at.push(offset);
      this.file.push(file);
      this.line.push(line);
    }
  }

  // [{name, file, line}], the innermost first. Chromium and Firefox name the function and the offset.
  frames(stack) {
    const found = [];
    for (const [, index, offset] of (stack ?? "").matchAll(/wasm-function\[(\d+)\]:(0x[0-9a-f]+)/g)) {
      const name = this.names[Number(index)] ?? "";
      const place = this.place(parseInt(offset, 16));
      if (!/machine\/(bus|stores|machine)\.c$/.test(place.file)) found.push({ name, ...place });
    }
    return found;
  }

  place(offset) {
    let low = 0, high = this.at.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.at[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.files[this.file[low]] ?? "", line: this.line[low] };
  }
}
