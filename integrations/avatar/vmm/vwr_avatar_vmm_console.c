/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "io.h"
#include "lib/avatar_string.h"
#include "vwr_avatar_vmm.h"

/* Consoles: the library's class between two ring buffers. */

#define COLUMNS 80
#define ROWS 24

/* Ring buffer: `used` characters from `first` on. */
struct characters {
    uint8_t bytes[VIRTIO_CONSOLE_BUFFER];
    uint32_t first;
    uint32_t used;
};

struct virtio_console {
    struct vwr_vconsole console; /* first */
    struct vwr_vconsole_port port;
    virtio_device_t *dev; /* NULL: free */
    struct characters in;
    struct characters out;
    bool is_read; /* virtio_console_output was called */
    uint64_t dropped;
};

static virtio_console_t consoles[VIRTIO_VM_MAX];
static const struct vwr_avatar_parts parts = VWR_AVATAR_PARTS("consoles", consoles);

static uint32_t put(struct characters *c, const uint8_t *from, uint32_t n)
{
    uint32_t done = 0;

    for (; done < n && c->used < VIRTIO_CONSOLE_BUFFER; done++, c->used++)
        c->bytes[(c->first + c->used) % VIRTIO_CONSOLE_BUFFER] = from[done];
    return done;
}

static void drop(struct characters *c, uint32_t n)
{
    c->first = (c->first + n) % VIRTIO_CONSOLE_BUFFER;
    c->used -= n;
}

/* Number of contiguous characters. */
static uint32_t run(const struct characters *c)
{
    const uint32_t to_end = VIRTIO_CONSOLE_BUFFER - c->first;

    return c->used < to_end ? c->used : to_end;
}

/* If there is no reader, drops the oldest characters to make room for the newest. */
static uint32_t keep_newest(virtio_console_t *console, const uint8_t *bytes, uint32_t n)
{
    const uint32_t kept = n < VIRTIO_CONSOLE_BUFFER ? n : VIRTIO_CONSOLE_BUFFER;
    const uint32_t room = VIRTIO_CONSOLE_BUFFER - console->out.used;
    const uint32_t old = kept > room ? kept - room : 0;

    drop(&console->out, old);
    console->dropped += old + (n - kept);
    (void)put(&console->out, bytes + (n - kept), kept);
    return n;
}

static uint32_t written(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    virtio_console_t *const console = (virtio_console_t *)(void *)c;

    (void)port;
    return console->is_read ? put(&console->out, bytes, n) : keep_newest(console, bytes, n);
}

/* Passes as much input as fits in the guest's buffers. */
static void feed(struct vwr_vconsole *c, unsigned port)
{
    struct characters *const in = &((virtio_console_t *)(void *)c)->in;

    while (in->used > 0) {
        const uint32_t some = run(in);
        const uint32_t taken = vwr_vconsole_input_locked(c, port, in->bytes + in->first, some);

        drop(in, taken);
        if (taken < some)
            return;
    }
}

static const struct vwr_vconsole_ops console_ops = {.output = written, .input_wanted = feed};

static int begin(struct vwr_avatar_device *d, const struct vwr_vdev_setup *s)
{
    virtio_console_t *const console = (virtio_console_t *)d->part;
    struct vwr_vconsole_options o;

    memset(&o, 0, sizeof(o));
    o.ops = &console_ops;
    o.port = &console->port;
    o.port_count = 1;
    o.cols = COLUMNS;
    o.rows = ROWS;
    o.emergency = true;
    console->port.console = true;
    d->vdev = &console->console.dev;
    return vwr_vconsole_init_with(&console->console, s, &o);
}

virtio_console_t *virtio_console_create(uint64_t base_addr, uint32_t irq)
{
    virtio_console_t *const console = vwr_avatar_free_part(&parts);
    virtio_device_t *const dev =
        console == NULL ? NULL : virtio_create_device(VIRTIO_ID_CONSOLE, base_addr, irq);

    if (dev == NULL)
        return NULL;
    memset(console, 0, sizeof(*console));
    console->dev = dev;
    (void)vwr_avatar_take(dev, begin, console);
    return console;
}

void virtio_console_destroy(virtio_console_t *console)
{
    if (console == NULL || vwr_avatar_part(console->dev, console) == NULL)
        return;
    virtio_destroy_device(console->dev);
    memset(console, 0, sizeof(*console));
}

virtio_console_t *virtio_console_of_vm(uint32_t vm_id)
{
    return vwr_avatar_part_of_vm(&parts, vm_id);
}

void virtio_console_input(virtio_console_t *console, const char *data, uint32_t len)
{
    struct vwr_avatar_device *const d = console == NULL ? NULL : vwr_avatar_part(console->dev, console);
    uint32_t kept;

    if (d == NULL || data == NULL)
        return;
    kept = put(&console->in, (const uint8_t *)data, len);
    if (vwr_avatar_ready(d))
        feed(&console->console, 0);
    kept += put(&console->in, (const uint8_t *)data + kept, len - kept);
    if (kept < len)
        logger_warn("VirtIO: %u characters for the console at 0x%llx are lost: the guest does not read\n",
                    len - kept, console->dev->base_addr);
}

uint32_t virtio_console_output(virtio_console_t *console, char *buffer, uint32_t max_len)
{
    struct vwr_avatar_device *const d = console == NULL ? NULL : vwr_avatar_part(console->dev, console);
    uint32_t done = 0;

    if (d == NULL || (buffer == NULL && max_len > 0))
        return 0;
    console->is_read = true;
    while (done < max_len && console->out.used > 0) {
        const uint32_t some = run(&console->out) < max_len - done ? run(&console->out) : max_len - done;

        memcpy(buffer + done, console->out.bytes + console->out.first, some);
        drop(&console->out, some);
        done += some;
        if (console->out.used == 0 && vwr_avatar_ready(d)) {
            vwr_vconsole_resume(&console->console, 0);
            vwr_avatar_run_deferred();
        }
    }
    return done;
}

uint64_t virtio_console_dropped(const virtio_console_t *console)
{
    return console == NULL ? 0 : console->dropped;
}

/* Characters per console and call. A UART at 115200 baud sends them within a tick of 10 ms. */
#define PRINTED 64

/* The incomplete line on Avatar's console. */
struct printed_line {
    bool begun;
    uint32_t vm_id;
};

static void print_text(const char *text)
{
    while (*text != '\0')
        putc(*text++);
}

/* The prefix is the same as for Avatar's PL011: each line that is not empty starts with it. */
static void print_char(struct printed_line *line, uint32_t vm_id, char c)
{
    char prefix[16];

    if (line->begun && line->vm_id != vm_id) {
        print_text("\r\n");
        line->begun = false;
    }
    if (!line->begun && c != '\n' && c != '\r') {
        my_snprintf(prefix, sizeof(prefix), "[VM%u] ", vm_id);
        print_text(prefix);
        line->begun = true;
        line->vm_id = vm_id;
    }
    if (c == '\n')
        line->begun = false;
    putc(c);
}

void virtio_console_print(void)
{
    static struct printed_line line;
    char some[PRINTED];

    for (uint32_t i = 0; i < VIRTIO_VM_MAX; i++) {
        const uint32_t n = virtio_console_output(virtio_console_of_vm(i), some, sizeof(some));

        for (uint32_t j = 0; j < n; j++)
            print_char(&line, i, some[j]);
    }
}
