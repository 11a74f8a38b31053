/* SPDX-License-Identifier: MIT */
/*
 * Guests that use a screen, a folder, a balloon, and two queue pairs of a network device. The drivers'
 * messages are copied by hand from the specification and from the protocol 9P2000.L.
 */
#include "io.h"
#include "mem/stage2page.h"
#include "os_cfg.h"
#include "lib/avatar_string.h"
#include "guests.h"

#define OUT 0x30000 /* addresses of the guest's message and of the answer */
#define IN 0x31000
#define IMAGE 0x32000

static _Alignas(64) uint8_t screen_memory[0x10000];
static _Alignas(64) uint8_t folder_memory[0x20000];
static _Alignas(64) uint8_t balloon_memory[8];

/* A message is built word by word. */
static uint32_t out_bytes;

static void put(uint64_t value, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++)
        guest[0].ram[OUT + out_bytes++] = (uint8_t)(value >> 8 * i);
}

static uint64_t get(uint32_t at, uint32_t bytes)
{
    uint64_t value = 0;

    for (uint32_t i = 0; i < bytes; i++)
        value |= (uint64_t)guest[0].ram[IN + at + i] << 8 * i;
    return value;
}

/* Sends the message and receives the answer. Returns the answer's length, or -1. */
static int ask(struct guest_queue *q, uint32_t room)
{
    const struct guest_part parts[2] = {{OUT, out_bytes, false}, {IN, room, true}};

    memset(guest[0].ram + IN, 0xee, room);
    guest_send(q, parts, 2);
    return guest_receive(q);
}

/* The screen: the VMM must get the image that the guest draws. */
#define EDID (1u << 1) /* feature */
#define WIDTH 40u
#define HEIGHT 30u

static void command(uint32_t type)
{
    out_bytes = 0;
    put(type, 4);
    put(0, 20);
}

static void put_area(void)
{
    put(0, 8);
    put(WIDTH, 4);
    put(HEIGHT, 4);
}

/* Returns the type of the answer. */
static uint32_t answer(struct guest_queue *q)
{
    return ask(q, 24) == 24 ? (uint32_t)get(0, 4) : 0;
}

static int draw(struct guest_queue *q)
{
    int bad = 0;

    command(0x101); /* RESOURCE_CREATE_2D, blue first */
    put(1, 4);
    put(2, 4);
    put(WIDTH, 4);
    put(HEIGHT, 4);
    bad |= answer(q) == 0x1100 ? 0 : -1;
    command(0x106); /* RESOURCE_ATTACH_BACKING */
    put(1, 4);
    put(1, 4);
    put(GUEST_RAM_START + IMAGE, 8);
    put(WIDTH * HEIGHT * 4, 8);
    bad |= answer(q) == 0x1100 ? 0 : -1;
    command(0x103); /* SET_SCANOUT */
    put_area();
    put(0, 4);
    put(1, 4);
    bad |= answer(q) == 0x1100 ? 0 : -1;
    for (uint32_t i = 0; i < WIDTH * HEIGHT * 4; i++)
        guest[0].ram[IMAGE + i] = (uint8_t)(i * 7 + i / 256);
    command(0x105); /* TRANSFER_TO_HOST_2D */
    put_area();
    put(0, 8);
    put(1, 8);
    bad |= answer(q) == 0x1100 ? 0 : -1;
    command(0x104); /* RESOURCE_FLUSH */
    put_area();
    put(1, 8);
    return bad | (answer(q) == 0x1100 ? 0 : -1);
}

static int screens(uint32_t device)
{
    static uint8_t framebuffer[HEIGHT + 2][WIDTH + 2][4];
    virtio_screen_t *const screen = virtio_screen_of_vm(0);
    virtio_pixels_t pixels;
    struct guest_queue q[2];
    int bad = 0, right = 1;

    bad |=
        check(guest_start(&guest[0], place(0, device), EDID, q, 2) == 0 &&
                  !virtio_screen_pixels(screen, &pixels) && !virtio_screen_draw(screen, framebuffer, 1, 0, 0),
              "a screen starts, and shows nothing");
    command(0x100); /* GET_DISPLAY_INFO */
    bad |= check(ask(&q[0], 408) == 408 && get(0, 4) == 0x1101 && get(32, 4) == WIDTH &&
                     get(36, 4) == HEIGHT && get(40, 4) == 1 && get(64, 4) == 0,
                 "its guest finds one display of the size that was configured");
    bad |= check(draw(&q[0]) == 0 && virtio_screen_pixels(screen, &pixels) && pixels.width == WIDTH &&
                     pixels.height == HEIGHT && pixels.stride == WIDTH * 4 && pixels.format == 2 &&
                     memcmp(pixels.base, guest[0].ram + IMAGE, WIDTH * HEIGHT * 4) == 0,
                 "what the guest draws is what the VMM finds");
    bad |= check(virtio_screen_draw(screen, framebuffer, sizeof(framebuffer[0]), WIDTH + 2, HEIGHT + 2) &&
                     !virtio_screen_draw(screen, framebuffer, sizeof(framebuffer[0]), WIDTH + 2, HEIGHT + 2),
                 "it is drawn to a framebuffer when it has changed");
    for (uint32_t y = 0; y < HEIGHT; y++)
        right &= memcmp(framebuffer[y], guest[0].ram + IMAGE + y * WIDTH * 4, WIDTH * 4) == 0;
    bad |= check(right && framebuffer[HEIGHT][0][0] == 0 && framebuffer[0][WIDTH][0] == 0, "row by row");
    command(0x104);
    put_area();
    put(9, 8);
    bad |= check(answer(&q[0]) == 0x1203, "an image that is not there is refused");
    return bad | check(vgic_injected(0, 48 + device) > 0, "by interrupt");
}

/* The folder: a message of 9P is its size, its type and a tag. */
static const uint32_t ROOT = 1, FILE = 2, NEW = 3; /* numbers of the guest for files */

static void message(uint8_t type)
{
    out_bytes = 4;
    put(type, 1);
    put(type == 100 ? 0xffff : 7, 2);
}

static void put_name(const char *name)
{
    put(strlen(name), 2);
    memcpy(guest[0].ram + OUT + out_bytes, name, strlen(name));
    out_bytes += (uint32_t)strlen(name);
}

/* Returns whether the type of the answer is the message's type plus 1. */
static bool is_answered(struct guest_queue *q)
{
    const uint32_t bytes = out_bytes;
    const uint8_t type = guest[0].ram[OUT + 4];
    int length;

    out_bytes = 0;
    put(bytes, 4);
    out_bytes = bytes;
    length = ask(q, 0x200);
    return length >= 7 && get(0, 4) == (uint64_t)length && get(4, 1) == type + 1u;
}

static bool mount(struct guest_queue *q)
{
    message(100); /* Tversion */
    put(8192, 4);
    put_name("9P2000.L");
    if (!is_answered(q) || get(7, 4) != 8192)
        return false;
    message(104); /* Tattach */
    put(ROOT, 4);
    put(~0u, 4);
    put_name("root");
    put_name("");
    put(0, 4);
    return is_answered(q);
}

static bool read_file(struct guest_queue *q, const char *folder, const char *name, const char *content)
{
    message(110); /* Twalk */
    put(ROOT, 4);
    put(FILE, 4);
    put(2, 2);
    put_name(folder);
    put_name(name);
    if (!is_answered(q) || get(7, 2) != 2)
        return false;
    message(12); /* Tlopen */
    put(FILE, 4);
    put(0, 4);
    if (!is_answered(q))
        return false;
    message(116); /* Tread */
    put(FILE, 4);
    put(0, 8);
    put(100, 4);
    return is_answered(q) && get(7, 4) == strlen(content) &&
           memcmp(guest[0].ram + IN + 11, content, strlen(content)) == 0;
}

static bool write_file(struct guest_queue *q, const char *name, const char *content)
{
    message(110);
    put(ROOT, 4);
    put(NEW, 4);
    put(0, 2);
    if (!is_answered(q))
        return false;
    message(14); /* Tlcreate */
    put(NEW, 4);
    put_name(name);
    put(1, 4);
    put(0644, 4);
    put(0, 4);
    if (!is_answered(q))
        return false;
    message(118); /* Twrite */
    put(NEW, 4);
    put(0, 8);
    put(strlen(content), 4);
    memcpy(guest[0].ram + OUT + out_bytes, content, strlen(content));
    out_bytes += (uint32_t)strlen(content);
    return is_answered(q) && get(7, 4) == strlen(content);
}

static int folders(uint32_t device)
{
    virtio_folder_t *const folder = virtio_folder_of_vm(0);
    const uint64_t config = place(0, device) + 0x100;
    struct guest_queue q[1];
    char said[40];
    int bad = 0;

    bad |= check(guest_start(&guest[0], place(0, device), 1, q, 1) == 0 &&
                     guest_load(&guest[0], config, 1, false, false) == 4 &&
                     guest_load(&guest[0], config + 2, 2, false, false) == 0x74736f68,
                 "a folder starts, and is called host");
    bad |= check(mount(q), "it is mounted");
    bad |=
        check(read_file(q, "etc", "motd", "from the host\n"), "the guest reads what the VMM has put there");
    bad |= check(write_file(q, "answer", "from the guest"), "and writes a file of its own");
    memset(said, 0, sizeof(said));
    bad |= check(virtio_folder_read(folder, "answer", 5, said, sizeof(said)) == 9 &&
                     memcmp(said, "the guest", 9) == 0 &&
                     virtio_folder_read(folder, "nothing", 0, said, 9) == -1,
                 "which the VMM reads");
    return bad |
           check(virtio_folder_add(folder, "etc/motd", "", 0) == -1 && vgic_injected(0, 48 + device) > 0,
                 "a name is there once");
}

/* The balloon. */
#define MUST_TELL_HOST 1u
static uint32_t released, claimed, balloon_resets;
static void *released_at;

void virtio_balloon_released(struct _vm_t *vm, uint64_t of_guest, uint64_t bytes, void *host)
{
    (void)vm;
    (void)of_guest;
    released += (uint32_t)bytes;
    released_at = host;
}

void virtio_balloon_claimed(struct _vm_t *vm, uint64_t of_guest, uint64_t bytes, void *host)
{
    (void)vm;
    (void)of_guest;
    (void)host;
    claimed += (uint32_t)bytes;
}

void virtio_balloon_reset(struct _vm_t *vm)
{
    balloon_resets += vm == guest[0].vm;
}

/* Puts three consecutive pages, starting with the page of IMAGE, into the balloon. */
static int give(struct guest_queue *q)
{
    const struct guest_part part = {OUT, 12, false};

    out_bytes = 0;
    for (uint32_t i = 0; i < 3; i++)
        put((GUEST_RAM_START + IMAGE) / GUEST_PAGE + i, 4);
    guest_send(q, &part, 1);
    return guest_receive(q);
}

static int balloons(uint32_t device, struct guest_queue *console)
{
    virtio_balloon_t *const balloon = virtio_balloon_of_vm(0);
    const struct guest_part gone = {IMAGE, 3, false};
    const uint64_t at = place(0, device);
    struct guest_queue q[2];
    int bad = 0;

    bad |=
        check(guest_start(&guest[0], at, MUST_TELL_HOST, q, 2) == 0 && guest_read(&guest[0], at + 0x100) == 0,
              "a balloon starts, empty");
    bad |= check(virtio_balloon_set_target(balloon, 3) == 0 && guest_read(&guest[0], at + 0x100) == 3 &&
                     (guest_read(&guest[0], at + 0x60) & 2) != 0 && vgic_injected(0, 48 + device) == 1,
                 "the VMM wants three pages, and the guest is notified");
    bad |= check(virtio_balloon_set_target(balloon, 65) == -1, "more than the guest has is refused");
    bad |= check(give(&q[0]) == 0 && released == 3 * GUEST_PAGE && virtio_balloon_pages(balloon) == 3 &&
                     released_at == guest[0].ram + IMAGE,
                 "it gives them");
    bad |= check(!virtio_balloon_in_use(balloon, GUEST_RAM_START + IMAGE, 3 * GUEST_PAGE) &&
                     virtio_balloon_in_use(balloon, GUEST_RAM_START + console[0].at, 1),
                 "no device works with them, but with its rings");
    guest_write(&guest[0], at + 0x104, 3);
    virtio_debug_device(virtio_find_device_by_addr(at));
    guest_send(&console[1], &gone, 1);
    bad |= check(guest_receive(&console[1]) == -1 && (guest_read(&guest[0], place(0, 0) + 0x70) & 0x40) != 0,
                 "no other device of the guest finds them any more");
    bad |= check(give(&q[1]) == 0 && claimed == 3 * GUEST_PAGE && virtio_balloon_pages(balloon) == 0,
                 "and takes them back");
    bad |= check(guest_start(&guest[0], place(0, 0), 1, console, 2) == 0, "its console is reset");
    guest_send(&console[1], &gone, 1);
    bad |= check(guest_receive(&console[1]) == 0, "and finds them again");
    (void)give(&q[0]);
    virtio_vm_init(guest[0].vm, 0);
    return bad | check(balloon_resets == 1 && virtio_balloon_pages(balloon) == 0,
                       "a guest that starts again has all of its memory");
}

/* Two queue pairs. */
#define MAC (1u << 5)
#define CTRL_VQ (1u << 17)
#define MQ (1u << 22)
#define FRAME 60u

/* Length of the header before a frame. Without MRG_RXBUF, a legacy header is shorter. */
static uint32_t net_header(void)
{
    return guest_read(&guest[0], place(0, 1) + 4) == 1 ? 10 : 12;
}

static void frame(struct guest_queue *q, uint32_t from, uint8_t to)
{
    const struct guest_part parts[2] = {{OUT, net_header(), false}, {OUT + 0x100, FRAME, false}};
    uint8_t *const at = guest[from].ram + OUT + 0x100;

    memset(guest[from].ram + OUT, 0, 0x100 + FRAME);
    memcpy(at, "\2VW\0\0", 5);
    at[5] = to;
    memcpy(at + 6, "\2VW\0\0", 5);
    at[11] = (uint8_t)from;
    memcpy(at + 12, "\x88\xb5", 2);
    guest_send(q, parts, 2);
}

static int pairs(void)
{
    static const struct guest_part room = {IMAGE, 1600, true};
    static const struct guest_part set[3] = {{OUT, 2, false}, {OUT + 2, 2, false}, {IN, 1, true}};
    struct guest_queue two[5], one[2];
    int bad = 0;

    bad |= check(guest_start(&guest[0], place(0, 1), MAC | CTRL_VQ | MQ, two, 5) == 0 &&
                     guest_load(&guest[0], place(0, 1) + 0x108, 1, false, false) == 2,
                 "a network device of two pairs starts");
    bad |= check(guest_start(&guest[1], place(1, 1), MAC, one, 2) == 0 &&
                     guest_start(&guest[1], place(1, 1), MQ, one, 2) != 0 &&
                     guest_start(&guest[1], place(1, 1), MAC, one, 2) == 0,
                 "one of one pair offers no more");
    out_bytes = 0;
    put(4, 2); /* class MQ, command VQ_PAIRS_SET */
    put(2, 2);
    guest_send(&two[4], set, 3);
    bad |= check(guest_receive(&two[4]) == 1 && guest[0].ram[IN] == 0, "its guest uses both");
    guest_send(&two[0], &room, 1);
    guest_send(&two[2], &room, 1);
    guest_send(&one[0], &room, 1);
    frame(&two[3], 0, 1);
    bad |= check(guest_receive(&two[3]) == 0 && guest_receive(&one[0]) == (int)(net_header() + FRAME),
                 "a frame of its second pair comes out at the other guest");
    frame(&one[1], 1, 0);
    return bad | check(guest_receive(&one[1]) == 0 && guest_receive(&two[2]) == (int)(net_header() + FRAME) &&
                           guest_receive(&two[0]) == -1,
                       "and the answer to it at that pair");
}

/* Impossible configurations are rejected, each with a message. */
static int refusals(void)
{
    static const uint8_t mac[VIRTIO_MAC_SIZE] = {2};
    int bad = 0;

    bad |= check(
        virtio_screen_create(place(2, 0), 64, WIDTH, HEIGHT, screen_memory, 2 * WIDTH * HEIGHT * 4) == NULL &&
            virtio_screen_create(place(2, 0), 64, WIDTH, HEIGHT, screen_memory + 4, 0x10000) == NULL &&
            virtio_screen_create(place(2, 0), 64, 0, HEIGHT, screen_memory, 0x10000) == NULL,
        "no screen without its memory");
    bad |= check(virtio_folder_init("", folder_memory, sizeof(folder_memory)) == NULL &&
                     virtio_folder_init("host", folder_memory, 1000) == NULL &&
                     virtio_folder_init("host", folder_memory + 1, 0x10000) == NULL,
                 "no folder without a tag and its memory");
    bad |= check(virtio_balloon_create(place(2, 0), 64, NULL, 8) == NULL, "no balloon without its map");
    bad |= check(virtio_net_create(place(2, 0), 64, mac, 3) == NULL &&
                     virtio_net_create(place(2, 0), 64, mac, 0) == NULL,
                 "no network device of more queues than a device may have");
    return bad | check(!virtio_folder_create(place(2, 0), 64, virtio_folder_of_vm(0)) &&
                           virtio_find_device_by_addr(place(2, 0)) == NULL,
                       "a folder has one device");
}

/* VM 0 has all of these devices, VM 1 has a network device with one pair. */
int case_devices(void)
{
    virtio_folder_t *const folder = virtio_folder_init("host", folder_memory, sizeof(folder_memory));
    struct guest_queue console[2];
    int bad =
        check(virtio_folder_add(folder, "etc/motd", "from the host\n", 14) == 0, "a folder with a file");

    virtio_configure_vm(0, true, false, true);
    virtio_configure_vm_net_pairs(0, 2);
    virtio_configure_vm_screen(0, WIDTH, HEIGHT, screen_memory, sizeof(screen_memory));
    virtio_configure_vm_folder(0, folder);
    virtio_configure_vm_balloon(0, balloon_memory, sizeof(balloon_memory));
    virtio_configure_vm(1, true, false, true);
    for (uint32_t i = 0; i < 2; i++)
        guest_vm_start(i);
    bad |= check(guest_start(&guest[0], place(0, 0), 1, console, 2) == 0, "a console starts");
    bad |= pairs() | screens(2) | folders(3) | refusals();
    logger("LIST\n");
    virtio_list_all_devices();
    virtio_debug_device(virtio_find_device_by_addr(place(0, 2)));
    virtio_debug_device(virtio_find_device_by_addr(place(0, 3)));
    bad |= balloons(4, console);
    virtio_print_device_info();
    virtio_screen_destroy(virtio_screen_of_vm(0));
    virtio_balloon_destroy(virtio_balloon_of_vm(0));
    virtio_folder_destroy(folder);
    return bad | check(virtio_screen_of_vm(0) == NULL && virtio_balloon_of_vm(0) == NULL &&
                           virtio_folder_of_vm(0) == NULL && guest_read(&guest[0], place(0, 3) + 8) == 0 &&
                           virtio_folder_init("host", folder_memory, sizeof(folder_memory)) == folder,
                       "devices that are destroyed are gone");
}
