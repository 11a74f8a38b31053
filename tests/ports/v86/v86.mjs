// SPDX-License-Identifier: MIT
// node v86.mjs PACKAGE IMAGE: the other side of guest.c. Prints what the guest says, and ends with its verdict.
import fs from "node:fs";
import path from "node:path";
import url from "node:url";

const [folder, image] = process.argv.slice(2);
const { V86 } = await import(url.pathToFileURL(path.join(folder, "build/libv86.mjs")));
const emulator = new V86({
    wasm_path: path.join(folder, "build/v86.wasm"),
    memory_size: 32 << 20,
    multiboot: { buffer: fs.readFileSync(image).buffer },
    filesystem: {},
    virtio_console: true,
    virtio_balloon: true,
    net_device: { type: "virtio" },
    disable_keyboard: true,
    disable_mouse: true,
    disable_speaker: true,
    autostart: false,
});

let line = "";

function said(text) {
    console.log(text);
    if (text === "balloon: open")
        setTimeout(squeeze, 100);
    if (text.startsWith("guest: "))
        process.exit(text === "guest: OK" ? 0 : 1);
}

// The host wants ten pages, and a second later none.
function squeeze() {
    const balloon = emulator.v86.cpu.devices.virtio_balloon;
    balloon.Inflate(10);
    setTimeout(() => balloon.Deflate(10), 1000);
}

emulator.add_listener("serial0-output-byte", byte => {
    if (byte === 10) {
        said(line);
        line = "";
    } else {
        line += String.fromCharCode(byte);
    }
});

let console_line = "";
emulator.add_listener("virtio-console0-output-bytes", bytes => {
    console_line += String.fromCharCode(...bytes);
    if (console_line.endsWith("\n")) {
        console.log("on the console: " + console_line.trim());
        emulator.bus.send("virtio-console0-input-bytes", new TextEncoder().encode("node"));
    }
});

emulator.add_listener("net0-send", frame => {
    console.log(`on the wire: ${frame.length} bytes`);
    emulator.bus.send("net0-receive", frame.slice(0));
});

emulator.add_listener("emulator-ready", async () => {
    await emulator.create_file("/hello.txt", new TextEncoder().encode("a file of v86"));
    emulator.run();
});
setTimeout(() => {
    console.log("guest: silent");
    process.exit(2);
}, 60000).unref();
