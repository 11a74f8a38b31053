/* SPDX-License-Identifier: MIT */
#include "../../hostile/guests/guest.h"

#include "vwr/gen/ids.h"
#include "vwr/vgpio.h"
#include "vwr/vi2c.h"
#include "vwr/vm.h"
#include "vwr/vvsock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * played ARCHIVE NAME...: replays the driver's part of a recording on our device, with split and with packed
 * rings. Each used buffer must have the recorded length and the recorded bytes. A queue in which the device
 * answers immediately is replayed line by line. The buffers of other queues wait in the device, and are
 * compared in the order in which it uses them. The devices have the same back ends as in the example
 * hypervisor. At the end, one answer is changed, and the check must detect that.
 */

#define LINES_MAX 200u
#define SEGMENTS 4u
#define WAITING 2u /* segments of a buffer that waits */
#define SEGMENT_BYTES 4096u
#define TEXT_BYTES 20000u
#define READY 4u /* buffers that wait in the device; their data are in the slots after the first */
#define DATA(n) (GUEST_DATA + (n)*SEGMENT_BYTES)

struct segment {
    bool writable;
    uint32_t len;
    uint32_t known; /* bytes that were recorded */
    uint8_t bytes[SEGMENT_BYTES];
};

struct line {
    unsigned queue;
    uint32_t used;
    unsigned count;
    struct segment segment[SEGMENTS];
};

static struct {
    const char *name;
    unsigned device;
    uint64_t features;
    bool changed; /* an answer is not as it was */
    unsigned count;
    struct line line[LINES_MAX];
} recorded;

static struct guest guest;

/* ---- the recording ---- */

static void stop(const char *what)
{
    fprintf(stderr, "%s: %s\n", recorded.name, what);
    exit(2);
}

static void read_segment(struct line *l, const char *word, bool writable)
{
    struct segment *const s = &l->segment[l->count++];
    unsigned byte;

    if (l->count > SEGMENTS)
        stop("a buffer has too many segments");
    *s = (struct segment){.writable = writable};
    for (; *word != '\0' && *word != '+'; word += 2) {
        if (s->known == SEGMENT_BYTES || sscanf(word, "%2x", &byte) != 1)
            stop("a segment that cannot be played");
        s->bytes[s->known++] = (uint8_t)byte;
    }
    s->len = s->known + (*word == '+' ? (uint32_t)strtoul(word, NULL, 10) : 0);
    if (s->len > SEGMENT_BYTES || (!writable && s->len != s->known))
        stop("a segment that was not kept whole");
}

static void read_exchange(char *text)
{
    struct line *const l = &recorded.line[recorded.count++];
    bool writable = false;

    if (recorded.count > LINES_MAX)
        stop("too many lines");
    *l = (struct line){.queue = (unsigned)strtoul(strtok(text, " \n"), NULL, 10)};
    l->used = (uint32_t)strtoul(strtok(NULL, " \n"), NULL, 10);
    for (const char *word = strtok(NULL, " \n"); word != NULL; word = strtok(NULL, " \n"))
        if (strcmp(word, "R") == 0 || strcmp(word, "W") == 0)
            writable = *word == 'W';
        else
            read_segment(l, word, writable);
}

/* The lines behind "-- NAME --" in the archive, up to the next of these. */
static void read_recording(const char *archive, const char *name)
{
    static char text[TEXT_BYTES], marker[80];
    FILE *const file = fopen(archive, "r");
    bool mine = false;

    recorded.name = name;
    recorded.count = 0;
    recorded.changed = false;
    if (file == NULL)
        stop("its archive cannot be read");
    (void)snprintf(marker, sizeof(marker), "-- %s --\n", name);
    while (fgets(text, sizeof(text), file) != NULL)
        if (strncmp(text, "-- ", 3) == 0)
            mine = strcmp(text, marker) == 0;
        else if (mine && strncmp(text, "x ", 2) == 0)
            read_exchange(text + 2);
        else if (mine && sscanf(text, "device %u", &recorded.device) != 1 &&
                 strncmp(text, "features ", 9) == 0)
            recorded.features = strtoull(text + 9, NULL, 16);
    (void)fclose(file);
    if (recorded.count == 0)
        stop("is not in the archive");
}

/* ---- an I2C bus: a memory of 256 bytes at 0x50 ---- */

#define EEPROM 0x50u

static struct {
    struct vwr_vi2c v;
    uint8_t data[512];
    uint8_t content[256];
    uint8_t at;
} bus;

static int transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    (void)v;
    if (m->address != EEPROM)
        return VWR_ENODEV;
    for (uint32_t i = 0; i < m->bytes; i++)
        if (m->read)
            m->data[i] = bus.content[bus.at++];
        else if (i == 0)
            bus.at = m->data[0];
        else
            bus.content[bus.at++] = m->data[i];
    return VWR_OK;
}

static struct vwr_vdev *begin_bus(const struct vwr_vdev_setup *s)
{
    const struct vwr_vi2c_options o = {
        .transfer = transfer, .data = bus.data, .data_bytes = sizeof(bus.data)};

    memset(&bus, 0, sizeof(bus));
    return vwr_vi2c_init_with(&bus.v, s, &o) == VWR_OK ? vwr_vi2c_dev(&bus.v) : NULL;
}

/* ---- GPIO lines: the first half is linked to the second ---- */

#define LINES 8u
#define LINE_SEGS (GUEST_QUEUE_MAX + 4u)

static struct {
    struct vwr_vgpio v;
    struct vwr_vgpio_line line[LINES];
    struct vwr_vmessage message[VWR_VGPIO_MESSAGES(LINES)];
    struct vwr_vseg seg[VWR_VGPIO_SEGS(LINES, LINE_SEGS)];
} lines;

static int changed(struct vwr_vgpio *v, unsigned line, const struct vwr_vgpio_line *wanted)
{
    (void)v;
    (void)line;
    (void)wanted;
    return VWR_OK;
}

static void pass_levels(void)
{
    for (unsigned i = 0; i < LINES / 2; i++)
        vwr_vgpio_input(&lines.v, LINES / 2 + i,
                        lines.line[i].direction == VWR_GPIO_DIRECTION_OUT && lines.line[i].output != 0);
}

static struct vwr_vdev *begin_lines(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vgpio_ops ops = {.changed = changed};
    static const char names[] = "out-0\0out-1\0out-2\0out-3\0in-0\0in-1\0in-2\0in-3";
    struct vwr_vgpio_options o = {
        .ops = &ops, .lines = lines.line, .line_count = LINES, .names = names, .names_bytes = sizeof(names)};

    memset(&lines, 0, sizeof(lines));
    o.memory = (struct vwr_service_memory){lines.message, VWR_VGPIO_MESSAGES(LINES), lines.seg,
                                           VWR_COUNT(lines.seg)};
    return vwr_vgpio_init_with(&lines.v, s, &o) == VWR_OK ? vwr_vgpio_dev(&lines.v) : NULL;
}

/* ---- sockets: port 7 returns what it receives ---- */

#define ECHO 7u
#define SOCKETS 4u
#define SOCKET_ROOM 65536u
#define GUEST_CID 3u

static struct {
    struct vwr_vvsock v;
    struct vwr_socket table[SOCKETS];
    struct vwr_socket *open[SOCKETS];
    uint8_t buffer[VWR_SOCKET_BYTES(SOCKETS, SOCKET_ROOM)];
} sockets;

static int connects(struct vwr_vvsock *v, struct vwr_socket *s)
{
    (void)v;
    if (s->local_port != ECHO)
        return VWR_ENODEV;
    sockets.open[s - sockets.table] = s;
    return VWR_OK;
}

static void end_socket(unsigned i)
{
    vwr_vvsock_close(&sockets.v, sockets.open[i], false);
    sockets.open[i] = NULL;
}

static void return_bytes(void)
{
    static uint8_t part[2048];
    unsigned flags;
    int n;

    for (unsigned i = 0; i < SOCKETS; i++) {
        if (sockets.open[i] == NULL)
            continue;
        if (sockets.open[i]->state != VWR_SOCKET_CONNECTED ||
            (vwr_socket_ready(sockets.open[i]) & VWR_SOCKET_AT_END) != 0) {
            end_socket(i);
            continue;
        }
        n = vwr_vvsock_receive(&sockets.v, sockets.open[i], part, sizeof(part), &flags);
        if (n > 0 && vwr_vvsock_send(&sockets.v, sockets.open[i], part, (uint32_t)n, flags) != n)
            stop("the socket has no room");
    }
}

static struct vwr_vdev *begin_sockets(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vvsock_ops ops = {.connect = connects};
    const struct vwr_vvsock_options o = {
        .ops = &ops,
        .guest_cid = GUEST_CID,
        .seqpacket = true,
        .sockets = {sockets.table, SOCKETS, sockets.buffer, sizeof(sockets.buffer)}};

    memset(&sockets, 0, sizeof(sockets));
    return vwr_vvsock_init_with(&sockets.v, s, &o) == VWR_OK ? vwr_vvsock_dev(&sockets.v) : NULL;
}

static const struct kind {
    unsigned device;
    uint16_t queues;
    unsigned asked; /* the queue in which the device answers immediately */
    unsigned waits; /* the queue whose buffers wait in the device */
    struct vwr_vdev *(*begin)(const struct vwr_vdev_setup *s);
    void (*work)(void); /* after each message */
    bool keeps_order;   /* buffers are used in the order in which they were made available */
} kinds[] = {
    {VWR_ID_I2C_ADAPTER, 1, VWR_I2C_QUEUE_REQUESTQ, 1, begin_bus, NULL, true},
    {VWR_ID_GPIO, VWR_VGPIO_QUEUES, VWR_GPIO_QUEUE_REQUESTQ, VWR_GPIO_QUEUE_EVENTQ, begin_lines, pass_levels,
     false},
    {VWR_ID_VSOCK, VWR_VVSOCK_QUEUES, VWR_VSOCK_QUEUE_TX, VWR_VSOCK_QUEUE_RX, begin_sockets, return_bytes,
     true},
};

/* ---- the play ---- */

/* The place of the data of the waiting buffer with this id, and its line in the recording. */
static struct {
    unsigned next;                            /* line that the device will use next */
    unsigned slot[GUEST_QUEUE_MAX];           /* by id */
    const struct line *line[GUEST_QUEUE_MAX]; /* by id */
} waits;

/* Makes a buffer available; its segments are in the slot. Returns its id. */
static unsigned offer(const struct line *l, unsigned slot)
{
    struct guest_desc d[SEGMENTS];
    uint64_t at = DATA(slot);

    for (unsigned i = 0; i < l->count; i++) {
        const struct segment *const s = &l->segment[i];

        d[i] = (struct guest_desc){at, s->len, s->writable ? VWR_VIRTQ_DESC_F_WRITE : 0, 0};
        if (s->writable)
            memset(guest_at(&guest, at, s->len), 0xa5, s->len);
        else
            memcpy(guest_at(&guest, at, s->len), s->bytes, s->len);
        at += s->len;
    }
    return guest_chain(&guest, l->queue, d, l->count);
}

static void print_bytes(const char *whose, const uint8_t *bytes, uint32_t n)
{
    fprintf(stderr, "  %s: ", whose);
    for (uint32_t i = 0; i < n; i++)
        fprintf(stderr, "%02x", bytes[i]);
    fprintf(stderr, "\n");
}

/* Differences are printed, unless they are expected. */
static bool is_answered(const struct line *l, unsigned slot, uint32_t used)
{
    uint64_t at = DATA(slot);

    for (unsigned i = 0; i < l->count; i++) {
        const struct segment *const s = &l->segment[i];
        const uint8_t *const ours = guest_at(&guest, at, s->len);

        at += s->len;
        if (!s->writable || memcmp(ours, s->bytes, s->known) == 0)
            continue;
        if (!recorded.changed) {
            print_bytes("recorded", s->bytes, s->known);
            print_bytes("ours", ours, s->known);
        }
        return false;
    }
    if (used != l->used && !recorded.changed)
        fprintf(stderr, "  used length %u, recorded %u\n", used, l->used);
    return used == l->used;
}

/* The next line of a queue, starting at `i`. */
static unsigned next_of(unsigned queue, unsigned i)
{
    while (i < recorded.count && recorded.line[i].queue != queue)
        i++;
    return i;
}

static void wait_for(const struct kind *k, const struct line *l, unsigned slot)
{
    unsigned id;

    if (!guest.packed)
        guest.q[k->waits].next_desc = (uint16_t)((slot - 1) * WAITING); /* free: the one before is used */
    id = offer(l, slot);
    waits.slot[id] = slot;
    waits.line[id] = l;
    guest_kick(&guest, k->waits);
}

/*
 * A driver makes a buffer available for a GPIO line when it has enabled the line's interrupt, and after each
 * interrupt.
 */
static void offer_for_line(const struct kind *k, unsigned from, uint8_t line, unsigned slot)
{
    unsigned i = next_of(k->waits, from);

    while (i < recorded.count && recorded.line[i].segment[0].bytes[0] != line)
        i = next_of(k->waits, i + 1);
    if (i < recorded.count)
        wait_for(k, &recorded.line[i], slot);
}

/* The buffers that the device has used meanwhile must match the next lines of that queue. */
static bool takes_waiting(const struct kind *k)
{
    uint32_t id, len;

    while (guest_used(&guest, k->waits, &id, &len)) {
        const unsigned now = next_of(k->waits, waits.next);
        const struct line *const l = &recorded.line[now];

        if (now == recorded.count ||
            (k->device == VWR_ID_GPIO && waits.line[id]->segment[0].bytes[0] != l->segment[0].bytes[0]) ||
            !is_answered(l, waits.slot[id], len))
            return false;
        waits.next = now + 1;
        if (k->device == VWR_ID_GPIO)
            offer_for_line(k, waits.next, l->segment[0].bytes[0], waits.slot[id]);
        else
            wait_for(k, l, waits.slot[id]);
    }
    return true;
}

static bool plays_line(const struct kind *k, const struct line *l)
{
    const struct segment *const first = &l->segment[0];
    uint32_t id, len;

    (void)offer(l, 0);
    guest_kick(&guest, k->asked);
    if (!guest_used(&guest, k->asked, &id, &len) || !is_answered(l, 0, len))
        return false;
    if (k->device == VWR_ID_GPIO && first->bytes[0] == VWR_GPIO_MSG_SET_IRQ_TYPE && first->bytes[4] != 0)
        offer_for_line(k, waits.next, first->bytes[2], 1 + first->bytes[2] % READY);
    for (unsigned i = 0; k->work != NULL && i < 2; i++) /* a part, and what follows from it */
        k->work();
    return takes_waiting(k);
}

static void begin(const struct kind *k, bool packed)
{
    struct vwr_vdev_setup s;
    struct vwr_vdev *v;

    guest_begin(&guest, false, packed);
    guest_setup(&guest, &s);
    guest.budget = UINT64_MAX;
    v = k->begin(&s);
    if (v == NULL)
        stop("the device cannot be made");
    guest_plug(&guest, 0, v);
    guest.queues = k->queues;
    for (unsigned bit = 0; bit < 24; bit++) /* of the class */
        if ((recorded.features >> bit & 1) != 0)
            vwr_features_add(&guest.features, bit);
    if (!guest_start(&guest))
        stop("the device does not start");
    memset(&waits, 0, sizeof(waits));
    for (unsigned i = 0; i < READY && k->device == VWR_ID_VSOCK; i++)
        wait_for(k, &recorded.line[next_of(k->waits, 0)], 1 + i);
}

/* Returns the index of the first line that differs, or the number of lines: none differs. */
static unsigned play(const struct kind *k, bool packed)
{
    unsigned i = 0;

    begin(k, packed);
    while ((i = next_of(k->asked, i)) < recorded.count && plays_line(k, &recorded.line[i]))
        i++;
    if (i == recorded.count)
        i = next_of(k->waits, waits.next); /* an answer that did not come */
    vwr_vm_remove(&guest.vm, 0);
    guest_end(&guest);
    return i;
}

/* One bit of the last answer. */
static void change(void)
{
    struct line *l = &recorded.line[recorded.count - 1];

    while (l->count == 0 || l->segment[l->count - 1].known == 0 || !l->segment[l->count - 1].writable)
        l--;
    l->segment[l->count - 1].bytes[0] ^= 1;
    recorded.changed = true;
}

static int play_recording(const char *archive, const char *name)
{
    static const char *const formats[] = {"split", "packed"};
    const struct kind *k = kinds;

    read_recording(archive, name);
    while (k->device != recorded.device)
        if (++k == kinds + sizeof(kinds) / sizeof(kinds[0]))
            stop("no such device is played");
    for (unsigned packed = 0; packed <= k->keeps_order; packed++) {
        const unsigned at = play(k, packed != 0);

        if (at != recorded.count) {
            fprintf(stderr, "%s: %s: exchange %u is answered in another way\n", name, formats[packed], at);
            return 1;
        }
    }
    change();
    if (play(k, false) == recorded.count) {
        fprintf(stderr, "%s: an answer that was changed is not noticed\n", name);
        return 1;
    }
    printf("%s: %u exchanges, answered as they were\n", name, recorded.count);
    return 0;
}

int main(int argc, char **argv)
{
    int failed = argc < 3;

    for (int i = 2; i < argc; i++)
        failed |= play_recording(argv[1], argv[i]);
    return failed;
}
