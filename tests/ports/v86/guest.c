/* SPDX-License-Identifier: MIT */
/*
 * The guest of v86: finds every device on PCI, opens it, and exchanges data with v86.mjs on the other side.
 * Start code and console are the i386 board's.
 */
#include "machine.h"
#include "say.h"

#include "vwr/9p.h"
#include "vwr/balloon.h"
#include "vwr/console.h"
#include "vwr/net.h"
#include "vwr/find.h"
#include "vwr/wait.h"
#include "vwr/gen/ids.h"

#define PORTS 0xcf8u
#define SECONDS 1000000u
#define PAGES 16u
#define FRAME 60u
#define TYPE 0x88b5u /* for local experiments */

uint64_t clock_tsc_hz = 1000000000u; /* that of v86's virtual counter does not matter: waits are bounded */

static struct vwr_pci_window windows[] = {
    {.bus = 0, .bytes = 0x10000, .cpu = NULL, .kind = VWR_PCI_IO},
    {.bus = 0xc0000000u, .bytes = 0x3e000000u, .cpu = (volatile void *)0xc0000000u, .kind = VWR_PCI_MEMORY},
};
static struct vwr_pci_host host = {.access = &vwr_pci_ports,
                                   .space = (volatile void *)PORTS,
                                   .windows = windows,
                                   .window_count = VWR_COUNT(windows)};
static char text[512];

static bool failed(const char *what, const struct vwr_pci *p, int r)
{
    if (r >= 0)
        return false;
    say("FAILED: ");
    say(what);
    say(": ");
    say(vwr_strerror(r));
    say(": ");
    (void)vwr_pci_explain(p, text, sizeof(text));
    say(text);
    say("\n");
    return true;
}

static void say_line(const char *line)
{
    say(line);
    say("\n");
}

/* ---- one class each ---- */

/* The root's names, and the content of a file that v86.mjs has made. */
static int use_folder(struct vwr_dev *d)
{
    static struct vwr_9p_shared shared;
    static struct vwr_9p folder;
    static char data[512];
    const struct vwr_9p_options options = {.shared = &shared};
    struct vwr_9p_entry entry = {.next = 0};
    int root = vwr_9p_open(&folder, d, &options);
    int fid, r = root;
    uint32_t at = 0;

    if (root == VWR_OK)
        r = root = vwr_9p_mount(&folder);
    fid = r < 0 ? r : vwr_9p_walk(&folder, root, "");
    r = fid < 0 ? fid : vwr_9p_lopen(&folder, fid, VWR_P9_O_RDONLY | VWR_P9_O_DIRECTORY);
    if (r == VWR_OK)
        r = vwr_9p_readdir(&folder, fid, 0, data, sizeof(data));
    for (uint32_t bytes = r > 0 ? (uint32_t)r : 0;
         r > 0 && (r = vwr_9p_next_entry(data, bytes, &at, &entry)) > 0;)
        if (entry.name[0] != '.') {
            say("name: ");
            say_line(entry.name);
        }
    fid = r < 0 ? r : vwr_9p_walk(&folder, root, "hello.txt");
    r = fid < 0 ? fid : vwr_9p_lopen(&folder, fid, VWR_P9_O_RDONLY);
    if (r == VWR_OK)
        r = vwr_9p_read(&folder, fid, 0, data, sizeof(data) - 1);
    if (r >= 0) {
        data[r] = '\0';
        say("content: ");
        say_line(data);
        r = vwr_close(&folder.bringup);
    }
    return r;
}

/* A line out, and the answer of v86.mjs in. */
static int use_console(struct vwr_dev *d)
{
    static struct vwr_console console;
    static struct vwr_console_shared shared[VWR_CONSOLE_QUEUES(1)];
    static struct vwr_console_port port[VWR_CONSOLE_PORTS(1)];
    const struct vwr_console_options options = {
        .port = port, .port_count = VWR_COUNT(port), .shared = shared, .shared_count = VWR_COUNT(shared)};
    struct vwr_console_message m;
    struct vwr_wait wait;
    char line[32] = "";
    unsigned got = 0;
    int r = vwr_console_open(&console, d, &options);

    vwr_wait_begin(&wait, SECONDS);
    while (r >= 0 && (r = vwr_console_poll(&console, &m)) >= 0 && vwr_wait_more(&wait))
        ;
    if (r >= 0)
        r = vwr_console_write(&console, 0, "who is there?\n", 14);
    vwr_wait_begin(&wait, 10 * SECONDS);
    while (r >= 0 && got < 4 && vwr_wait_more(&wait)) {
        r = vwr_console_read(&console, 0, line + got, 4 - got);
        got += r > 0 ? (unsigned)r : 0;
    }
    say("answer: ");
    say_line(line);
    return r < 0 ? r : vwr_close(&console.bringup);
}

/* A frame out, and the one that v86.mjs sends back. */
static int use_card(struct vwr_dev *d)
{
    static struct vwr_net_open_own own;
    static struct vwr_net_open_shared shared;
    static uint8_t frame[FRAME] = {0xff, 0xff, 0xff, 0xff, 0xff,      0xff,        2, 0,
                                   0,    0,    0,    1,    TYPE >> 8, TYPE & 0xff, 42};
    static struct vwr_net_packet packet;
    static const struct vwr_features none;
    struct vwr_net *const card = (struct vwr_net *)(void *)&own;
    struct vwr_slice slice[VWR_NET_SLICES];
    struct vwr_wait wait;
    int r = vwr_net_open_default(&own, &shared, d, &none);

    if (r != VWR_OK)
        return r;
    say("mac: ");
    for (unsigned i = 0; i < sizeof(card->info.mac); i++)
        say_hex(card->info.mac[i], 2);
    say("\n");
    vwr_net_fill(&packet, frame, sizeof(frame));
    r = vwr_net_submit(vwr_net_get_transmitq(card, 0), &packet);
    (void)vwr_net_kick(vwr_net_get_transmitq(card, 0));
    vwr_wait_begin(&wait, 10 * SECONDS);
    while (r == 0 && vwr_wait_more(&wait))
        r = vwr_net_receive_reap(vwr_net_get_receiveq(card, 0), slice, VWR_NET_SLICES);
    if (r > 0) {
        say("frame: ");
        say_dec(slice[0].bytes);
        say(" bytes, ");
        say_dec(((const uint8_t *)slice[0].p)[14]);
        say("\n");
    }
    return r < 0 ? r : vwr_close(&card->bringup);
}

/* As many pages as the host wants, until it wants none of them. */
static int use_balloon(struct vwr_dev *d)
{
    static uint8_t memory[PAGES][VWR_BALLOON_PAGE] __attribute__((aligned(VWR_BALLOON_PAGE)));
    static struct vwr_balloon_shared shared;
    static struct vwr_balloon balloon;
    static uint32_t list[PAGES], ours[PAGES];
    const struct vwr_balloon_options options = {.shared = &shared, .pages = list, .page_count = PAGES};
    uint32_t count = PAGES, most = 0;
    struct vwr_wait wait;
    int r = vwr_balloon_open(&balloon, d, &options);

    for (unsigned i = 0; i < PAGES; i++)
        ours[i] = (uint32_t)((uintptr_t)memory[i] / VWR_BALLOON_PAGE);
    say_line("balloon: open");
    vwr_wait_begin(&wait, 20 * SECONDS);
    while (r >= 0 && (most == 0 || count != PAGES) && vwr_wait_more(&wait)) {
        r = vwr_balloon_poll(&balloon);
        if (r == VWR_OK && vwr_balloon_surplus(&balloon) != 0 &&
            (r = vwr_balloon_deflate(&balloon, ours + count, PAGES - count)) > 0)
            count += (uint32_t)r;
        if (r >= 0 && count != 0 && vwr_balloon_wanted(&balloon) != 0 &&
            (r = vwr_balloon_inflate(&balloon, &ours[count - 1], 1)) > 0)
            count--;
        most = balloon.known > most ? balloon.known : most;
    }
    say("pages: ");
    say_dec(most);
    say(", kept ");
    say_dec(PAGES - count);
    say("\n");
    return r < 0 ? r : vwr_close(&balloon.bringup);
}

/* ---- the machine ---- */

static int use(struct vwr_dev *d)
{
    switch (d->type) {
    case VWR_ID_9P:
        return use_folder(d);
    case VWR_ID_CONSOLE:
        return use_console(d);
    case VWR_ID_NET:
        return use_card(d);
    case VWR_ID_BALLOON:
        return use_balloon(d);
    default:
        return VWR_ETYPE;
    }
}

void start_multiboot(uint32_t magic, const struct start_info *s)
{
    static const struct vwr_pci_host *const hosts[] = {&host};
    static const struct vwr_find_source source = {.kind = &vwr_find_pci, .from = hosts, .count = 1};
    static struct vwr_find find;
    static struct vwr_found found;
    bool good = true;
    int r;

    (void)magic;
    (void)s;
    vwr_find_begin(&find, &source, 1, NULL, 0);
    while ((r = vwr_find_next(&find, &found)) != 0) {
        const char *const name = vwr_name(vwr_id_short_names, found.dev.type);

        if (failed("probe", &found.pci, r)) {
            good = false;
            continue;
        }
        say("device: ");
        say_line(name != NULL ? name : "unknown");
        if (failed("use", &found.pci, use(&found.dev)))
            good = false;
    }
    say_line(good ? "guest: OK" : "guest: FAILED");
    start_halt();
}

void board_put(char c)
{
    machine_out(0x3f8, (uint8_t)c);
}

void exception_report(uintptr_t vector, uintptr_t error, uintptr_t at, uintptr_t cr2)
{
    (void)error;
    (void)cr2;
    say("exception ");
    say_dec((uint32_t)vector);
    say(" at ");
    say_hex(at, 8);
    say_line("");
    say_line("guest: FAILED");
    start_halt();
}

void interrupt_handle(uint32_t vector)
{
    (void)vector;
}

void clock_interrupt_in(uint32_t us)
{
    (void)us;
}
