/* SPDX-License-Identifier: MIT */
#include "state_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "vwr/vm.h"

/*
 * Saved states: their sizes, and states that are wrong. Each bit of a state is flipped, it is cut off at each
 * byte and continued by one; it is refused with a sentence, and nothing of it is loaded, or it is one that a
 * save would have written. ../../pair/saves.c has what works. Section: Device parts.
 */

static bool loses_files; /* a state names files that may not exist */
static bool finishes;    /* the buffer behind the oldest one is done */

/* A file in a state was not found. Apart from it, a save writes the same bytes. */
static void check_saved_again(uint8_t *state, size_t bytes)
{
    static uint8_t again[STATE_BYTES];
    struct vwr_vstate s = state_in(state, bytes);

    all.g.dev->interrupt = 0;
    reset();
    assert_int_equal(vwr_vdev_load(all.g.dev, 0, &s), VWR_OK);
    assert_int_equal(save(again), bytes);
    assert_memory_equal(again, state, bytes);
}

/*
 * Loads a state that may be wrong, without the start. true: it was accepted, and a save writes the same. The
 * memory has exactly its size, so that the sanitizer sees each access beyond.
 */
bool try(const uint8_t *from, size_t bytes)
{
    uint8_t *const exact = malloc(bytes + 1); /* not of 0 bytes */
    struct vwr_vstate s = state_in(exact, bytes);
    static uint8_t again[STATE_BYTES];
    const uint32_t raised = all.g.raised;
    char text[300];
    bool accepted;
    int r;

    assert_non_null(exact);
    memcpy(exact, from, bytes);
    r = vwr_vdev_load(all.g.dev, 0, &s);
    accepted = r == VWR_OK && s.done == bytes;
    if (accepted) {
        const size_t n = save(again);

        if (loses_files && memcmp(again, from, bytes) != 0) {
            check_saved_again(again, n);
        } else {
            assert_int_equal(n, bytes);
            assert_memory_equal(again, from, bytes);
        }
    } else if (r != VWR_OK) {
        assert_true(r == VWR_EPROTO || r == VWR_ETYPE || r == VWR_EVERSION);
        assert_true(vwr_vstate_explain(&s, text, sizeof(text)) > strlen("slot 0, byte 0: "));
        assert_null(strstr(text, "unknown"));
        check_unused();
    }
    all.g.dev->interrupt = 0; /* it was not raised */
    reset();
    assert_int_equal(all.g.raised, raised);
    free(exact);
    return accepted;
}

static uint32_t in_flight(void)
{
    uint32_t n = 0;

    for (unsigned i = 0; i < all.g.dev->queues; i++)
        n += vwr_vqueue_in_flight(&all.g.queue[i]);
    return n;
}

static void mutate(unsigned class, bool legacy, bool packed)
{
    static uint8_t good[STATE_BYTES];
    static uint8_t wrong[STATE_BYTES];
    unsigned accepted = 0;
    size_t bytes;

    plug(class, legacy, packed);
    for (unsigned i = 0; finishes && i < REQUESTS; i++)
        if (all.req[i].ticket != 0 && all.req[i].seg[0].at == guest_at(&all.g, data_of(1), 1))
            vwr_vblk_done(&all.req[i], all.req[i].ticket, VWR_OK);
    loses_files = class == P9 || class == FS;
    bytes = save(good);
    assert_true(bytes <= VWR_VSTATE_DEVICE_BYTES + all.g.dev->queues * VWR_VSTATE_QUEUE_BYTES +
                             in_flight() * (VWR_VSTATE_FLIGHT_BYTES + 3 * VWR_VSTATE_SEGMENT_BYTES) +
                             (place == MSIX ? VWR_VSTATE_PCI_BYTES + VECTORS * VWR_VSTATE_VECTOR_BYTES : 0) +
                             (class == NET ? VWR_VNET_VLANS / 8 : 0) +
                             (class == CRYPTO ? VWR_VCRYPTO_KEY_BYTES(1u, KEYS) : 0) +
                             (class == SCSI ? 3 * sizeof(struct vwr_state_unit) : 0) +
                             (class == SOUND ? STREAMS * sizeof(struct vwr_state_lane) : 0) +
                             (loses_files ? 4 * (32 + 8) : 0) + (class == GPU ? 64 * SIDE : 0) +
                             (class == BALLOON ? sizeof(all.map) : 0));
    reset();
    assert_true(try(good, bytes));
    for (size_t i = 0; i < bytes * 8; i++) {
        memcpy(wrong, good, bytes);
        wrong[i / 8] ^= (uint8_t)(1u << i % 8);
        accepted += try(wrong, bytes);
    }
    for (size_t i = 0; i < bytes; i++)
        assert_false(try(good, i));
    memcpy(wrong, good, bytes);
    wrong[bytes] = 0;
    assert_false(try(wrong, bytes + 1));
    assert_true(accepted != 0 && accepted < bytes * 8);
    printf("%s%s%s: %zu bytes, %u of %zu flips accepted\n", all.g.dev->kind->name,
           legacy   ? " legacy"
           : packed ? " packed"
                    : "",
           place == MSIX ? " PCI" : "", bytes, accepted, bytes * 8);
    unplug();
}

static void mutated(void **unused)
{
    (void)unused;
    for (unsigned class = 0; class < CLASSES; class ++) {
        mutate(class, false, false);
        mutate(class, false, true);
        if (class != SOUND && class != GPU) /* which are modern */
            mutate(class, true, false);
        if (class == ENTROPY) {
            place = INTX;
            mutate(class, true, false);
            place = MMIO;
        }
        if (class == CONSOLE)
            continue; /* the longest one, whose states differ only in its class */
        place = MSIX;
        narrow = class == DISK;
        mutate(class, false, true);
        narrow = false;
        place = MMIO;
    }
    finishes = true;
    mutate(DISK, false, true);
    mutate(DISK, false, false);
    finishes = false;
}

/* ---- states that differ in more than a bit ---- */

/* The state with a different length of the class's part, in each header. Returns its size in bytes. */
static size_t set_class_bytes(uint8_t *state, uint32_t bytes)
{
    const size_t at = class_at(state);
    const size_t first = HEAD + sizeof(struct vwr_state_device);
    const vwr_le32 part = vwr_cpu_to_le32(bytes);
    const vwr_le32 parts = vwr_cpu_to_le32((uint32_t)(at + bytes - first));

    memcpy(state + at - sizeof(part), &part, sizeof(part));
    memcpy(state + HEAD + offsetof(struct vwr_state_device, length), &parts, sizeof(parts));
    return at + bytes;
}

/* A part of a class that is shorter or longer is refused, although all lengths fit. */
static void resized(void **unused)
{
    static uint8_t good[STATE_BYTES], wrong[STATE_BYTES];

    (void)unused;
    for (unsigned class = 0; class < CLASSES; class ++) {
        const uint32_t more = 64;
        uint8_t *exact;
        uint32_t part;
        size_t bytes, bytes_now;

        plug(class, false, true);
        loses_files = class == P9 || class == FS;
        bytes = save(good);
        reset();
        part = (uint32_t)(bytes - class_at(good));
        assert_in_range(bytes + more, 0, sizeof(wrong));
        for (uint32_t n = 0; n <= part + more; n++) {
            memset(wrong, 0, sizeof(wrong));
            memcpy(wrong, good, bytes);
            bytes_now = set_class_bytes(wrong, n);
            exact = malloc(bytes_now); /* ASan watches what is behind it */
            memcpy(exact, wrong, bytes_now);
            assert_int_equal(try(exact, bytes_now), n == part);
            free(exact);
        }
        unplug();
    }
}

/* A reader that does not know the features may skip their part; no other part is optional. */
static void marks_what_is_optional(void **unused)
{
    static uint8_t state[STATE_BYTES];
    struct vwr_admin_dev_part_hdr h;
    unsigned optional = 0;
    size_t bytes;

    (void)unused;
    plug(DISK, false, true);
    bytes = save(state);
    for (unsigned n = 0; part_at(state, n) < bytes; n++) {
        memcpy(&h, state + part_at(state, n), HEAD);
        if (vwr_le16_to_cpu(h.part_type) == VWR_ADMIN_DEV_PART_DEV_FEATURES) {
            assert_int_equal(h.flags, 1u << VWR_ADMIN_DEV_PART_F_OPTIONAL);
            optional++;
        } else {
            assert_int_equal(h.flags, 0);
        }
    }
    assert_int_equal(optional, 1);
    unplug();
}

struct edit {
    size_t at; /* in the part of the class */
    unsigned bytes;
    uint32_t value;
};

#define EDIT(before, type, field, value)                                                  \
    {                                                                                     \
        (before) + offsetof(struct type, field), sizeof(((struct type *)0)->field), value \
    }

#define STARTED ((uint32_t)VWR_VSOUND_STARTED)
#define STOPPED ((uint32_t)VWR_VSOUND_STOPPED)
#define DRY ((uint32_t)VWR_STATE_LANE_DRY)
#define OPEN ((uint32_t)VWR_STATE_FILE_OPEN)

static void forged(void **unused)
{
    const size_t screens = sizeof(struct vwr_state_gpu);
    const size_t resource = screens + 2 * sizeof(struct vwr_state_screen);
    const size_t range = resource + sizeof(struct vwr_state_resource);
    const size_t unit = sizeof(struct vwr_state_scsi);
    const size_t port = sizeof(struct vwr_state_console);
    const size_t session = sizeof(struct vwr_state_crypto);
    const size_t lane = sizeof(struct vwr_state_sound);
    const size_t fid = sizeof(struct vwr_state_p9);
    const size_t run = sizeof(struct vwr_state_mem);
    const struct {
        unsigned class;
        bool accepted;
        struct edit edit;
    } rows[] = {
        {GPIO, true, EDIT(0, vwr_state_line, irq_type, VWR_GPIO_IRQ_TYPE_LEVEL_HIGH)},
        {GPIO, true, EDIT(0, vwr_state_line, irq_type, VWR_GPIO_IRQ_TYPE_LEVEL_LOW)},
        {GPIO, false, EDIT(0, vwr_state_line, irq_type, VWR_GPIO_IRQ_TYPE_LEVEL_HIGH + 1)},
        {GPIO, false, EDIT(0, vwr_state_line, direction, VWR_GPIO_DIRECTION_OUT)},
        {RTC, true, EDIT(0, vwr_state_clock, flags, VWR_STATE_CLOCK_ENABLED | VWR_STATE_CLOCK_EXPIRED)},
        {RTC, false, EDIT(0, vwr_state_clock, flags, VWR_STATE_CLOCK_EXPIRED)},
        {GPU, false, EDIT(0, vwr_state_gpu, resources, 2)},
        {GPU, false, EDIT(range, vwr_state_range, bytes, 0)},
        {GPU, false, EDIT(screens, vwr_state_screen, cursor, RESOURCE)}, /* not of a cursor's size */
        {SCSI, true, EDIT(unit, vwr_state_unit, attention, VWR_T10_WAS_RESET)},
        {SCSI, true, EDIT(unit, vwr_state_unit, attention, VWR_T10_NEXUS_LOST)},
        {SCSI, true, EDIT(unit, vwr_state_unit, attention, VWR_T10_CAPACITY_CHANGED)},
        {SCSI, false, EDIT(unit, vwr_state_unit, attention, VWR_T10_NEXUS_LOST + 1)},
        {CONSOLE, true, EDIT(port, vwr_state_port, flags, VWR_STATE_PORT_ABSENT)},
        {CONSOLE, true, EDIT(port, vwr_state_port, flags, VWR_STATE_PORT_GUEST_OPEN)},
        {CONSOLE, false,
         EDIT(port, vwr_state_port, flags, VWR_STATE_PORT_ABSENT | VWR_STATE_PORT_GUEST_OPEN)},
        {CRYPTO, false, EDIT(session, vwr_state_session, order, 1)}, /* of a chain, which a MAC is not */
        {CRYPTO, false, EDIT(session, vwr_state_session, id, SESSIONS - 1)}, /* no serial number */
        {CRYPTO, false, {session + sizeof(struct vwr_state_session) - 4, 4, UINT32_MAX}}, /* no such key */
        {SOUND, true, {lane + offsetof(struct vwr_state_lane, state), 2, STARTED | DRY << 8}},
        {SOUND, false, {lane + offsetof(struct vwr_state_lane, state), 2, STOPPED | DRY << 8}},
        {SOUND, false, EDIT(lane, vwr_state_lane, state, VWR_VSOUND_RELEASED + 1)},
        {P9, false, EDIT(0, vwr_state_p9, msize, VWR_V9P_MSIZE_MIN - 1)},
        {P9, false, EDIT(0, vwr_state_p9, msize, 0)}, /* it has fids */
        {P9, false, {fid + offsetof(struct vwr_state_fid, type), 2, VWR_P9_QT_SYMLINK | OPEN << 8}},
        {MEM, true, EDIT(run, vwr_state_memory_run, count, 4)},
        {MEM, false, EDIT(run, vwr_state_memory_run, count, 5)}, /* adjacent */
        {MEM, false, EDIT(run, vwr_state_memory_run, count, 0)},
        {MEM, false, EDIT(run, vwr_state_memory_run, first, 6)}, /* overlap */
        {MEM, true, EDIT(run + 8, vwr_state_memory_run, count, 3)},
        {MEM, false, EDIT(run + 8, vwr_state_memory_run, count, 4)}, /* beyond the usable region */
        {MEM, false, EDIT(run + 8, vwr_state_memory_run, count, UINT32_MAX)},
        {MEM, false, EDIT(run + 8, vwr_state_memory_run, first, UINT32_MAX)},
        {MEM, false, EDIT(0, vwr_state_mem, runs, 1)},
        {MEM, false, EDIT(0, vwr_state_mem, runs, RUNS + 1)},
        {MEM, false, EDIT(0, vwr_state_mem, requested, 1)},
        {MEM, false, EDIT(0, vwr_state_mem, requested, 9 * MEM_BLOCK)},
        {MEM, true, EDIT(0, vwr_state_mem, usable, MEM_BLOCKS * MEM_BLOCK)},
        {MEM, false, EDIT(0, vwr_state_mem, usable, (MEM_BLOCKS + 1) * MEM_BLOCK)},
        {NET, true, EDIT(0, vwr_state_net, pairs, 2)},
        {NET, false, EDIT(0, vwr_state_net, pairs, 3)}, /* of a card that has more pairs */
    };
    static uint8_t state[STATE_BYTES];

    (void)unused;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct edit *const e = &rows[i].edit;
        size_t bytes;

        plug(rows[i].class, false, false);
        loses_files = rows[i].class == P9;
        bytes = save(state);
        for (unsigned n = 0; n < e->bytes; n++)
            state[class_at(state) + e->at + n] = n < 4 ? (uint8_t)(e->value >> n * 8) : 0;
        reset();
        if (try(state, bytes) != rows[i].accepted)
            fail_msg("row %u", i);
        unplug();
    }
}

/* A screen shows a resource that is not in the state; the guest then creates one with its number. */
static void forgets_refused_screens(void **unused)
{
    const size_t screen = sizeof(struct vwr_state_gpu);
    const vwr_le32 forged = vwr_cpu_to_le32(RESOURCE + 1);
    static uint8_t state[STATE_BYTES];
    size_t bytes;

    (void)unused;
    plug(GPU, false, false);
    bytes = save(state);
    memcpy(state + class_at(state) + screen + offsetof(struct vwr_state_screen, resource), &forged,
           sizeof(forged));
    memcpy(state + class_at(state) + screen + offsetof(struct vwr_state_screen, cursor), &forged,
           sizeof(forged));
    reset();
    assert_false(try(state, bytes));
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(all.gpu.scanout[i].resource | all.gpu.scanout[i].cursor, 0);
    unplug();
}

/* Bytes of a period were transferred, but there is no period. */
static void refuses_moved_bytes(void **unused)
{
    static uint8_t state[STATE_BYTES];
    uint8_t frames[2 * PERIOD];
    size_t bytes;

    (void)unused;
    plug(SOUND, false, false);
    assert_int_equal(vwr_vsound_take(&all.sound, 0, frames, sizeof(frames)), 2 * PERIOD - 10);
    bytes = save(state);
    reset();
    assert_true(try(state, bytes));
    state[class_at(state) + sizeof(struct vwr_state_sound) + offsetof(struct vwr_state_lane, done)] = 1;
    assert_false(try(state, bytes));
    unplug();
}

/* The state of a 9P device whose file dir/file has another path. Returns its bytes. */
static size_t set_path(uint8_t *state, size_t bytes, const char *path, size_t n)
{
    static const char old[] = {'d', 'i', 'r', '/', 'f', 'i', 'l', 'e'};
    const size_t class = class_at(state);
    uint8_t *const at = memmem(state + class, bytes - class, old, sizeof(old));
    const vwr_le16 length = vwr_cpu_to_le16((uint16_t)n);

    assert_non_null(at);
    memmove(at + n, at + sizeof(old), bytes - (size_t)(at - state) - sizeof(old));
    memcpy(at, path, n);
    memcpy(at - sizeof(struct vwr_state_fid) + offsetof(struct vwr_state_fid, bytes), &length,
           sizeof(length));
    return set_class_bytes(state, (uint32_t)(bytes - class - sizeof(old) + n));
}

/* Paths that no file can have are refused; a possible path refers to a file that does not exist. */
static void refuses_paths(void **unused)
{
    static char name[VWR_VFILES_NAME + 1], path[VWR_VFILES_PATH + 1];
    const struct {
        const char *path;
        size_t bytes;
        bool accepted;
    } rows[] = {{"dir/fil/", 8, false},        {"../file", 7, false},
                {"dir/..", 6, false},          {"..", 2, false},
                {"dir/..file", 10, true},      {"", 0, true}, /* the root, which is no file */
                {name, VWR_VFILES_NAME, true}, {name, VWR_VFILES_NAME + 1, false},
                {path, VWR_VFILES_PATH, true}, {path, VWR_VFILES_PATH + 1, false}};
    static uint8_t good[STATE_BYTES], wrong[STATE_BYTES];
    size_t bytes;

    (void)unused;
    memset(name, 'n', sizeof(name));
    for (unsigned i = 0; i < sizeof(path); i++)
        path[i] = i % 2 == 0 || i == sizeof(path) - 1 ? 'p' : '/';
    plug(P9, false, false);
    loses_files = true;
    bytes = save(good);
    reset();
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        memcpy(wrong, good, bytes);
        if (try(wrong, set_path(wrong, bytes, rows[i].path, rows[i].bytes)) != rows[i].accepted)
            fail_msg("row %u", i);
    }
    unplug();
}

/* A file system without a session has no nodes: one that names any is refused. */
static void refuses_nodes_without_session(void **unused)
{
    static uint8_t state[STATE_BYTES];
    struct vwr_state_fs fs;
    uint32_t flags, count;
    size_t at, bytes;

    (void)unused;
    plug(FS, false, false);
    loses_files = true;
    bytes = save(state);
    reset();
    at = class_at(state);
    memcpy(&fs, state + at, sizeof(fs));
    flags = vwr_le32_to_cpu(fs.flags) & ~(uint32_t)VWR_STATE_FS_SESSION;
    count = vwr_le32_to_cpu(fs.count) - 1u; /* without the root, which is the first and has no path */
    fs.flags = vwr_cpu_to_le32(flags);
    fs.count = vwr_cpu_to_le32(count);
    memcpy(state + at, &fs, sizeof(fs));
    at += sizeof(fs);
    memmove(state + at, state + at + sizeof(struct vwr_state_node),
            bytes - at - sizeof(struct vwr_state_node));
    bytes -= sizeof(struct vwr_state_node);
    assert_false(try(state, set_class_bytes(state, (uint32_t)(bytes - class_at(state)))));
    unplug();
}

/*
 * The offset of the files within the class's part of a state, the length of a file without its path, and its
 * fields.
 */
struct file_format {
    size_t head, bytes, path_bytes, flags, open, lookups; /* lookups 0: it has none */
};

/* Loads the state with a different value in one number of a file. */
static bool try_file(const uint8_t *good, size_t bytes, size_t at, uint8_t value)
{
    static uint8_t wrong[STATE_BYTES];

    memcpy(wrong, good, bytes);
    wrong[at] = value;
    return try(wrong, bytes);
}

/* A file that is not open has no open flags. A FUSE driver has looked up each node, and an open file once.
 */
static void refuses_files(void **unused)
{
    static const struct file_format formats[] = {
        {sizeof(struct vwr_state_p9), sizeof(struct vwr_state_fid), offsetof(struct vwr_state_fid, bytes),
         offsetof(struct vwr_state_fid, flags), offsetof(struct vwr_state_fid, open), 0},
        {sizeof(struct vwr_state_fs), sizeof(struct vwr_state_node), offsetof(struct vwr_state_node, bytes),
         offsetof(struct vwr_state_node, flags), offsetof(struct vwr_state_node, open),
         offsetof(struct vwr_state_node, lookups)}};
    static uint8_t good[STATE_BYTES];

    (void)unused;
    for (unsigned class = P9; class <= FS; class ++) {
        const struct file_format *const f = &formats[class - P9];
        unsigned open = 0, files = 0;
        size_t bytes;

        plug(class, false, false);
        loses_files = true;
        bytes = save(good);
        reset();
        for (size_t at = class_at(good) + f->head; at < bytes; files++) {
            const bool opens = (good[at + f->flags] & VWR_STATE_FILE_OPEN) != 0;

            open += opens;
            assert_int_equal(try_file(good, bytes, at + f->open, VWR_P9_O_RDWR), opens);
            if (f->lookups != 0) {
                assert_false(try_file(good, bytes, at + f->lookups, 0));
                assert_int_equal(try_file(good, bytes, at + f->lookups, 2), !opens);
            }
            at += f->bytes + good[at + f->path_bytes];
        }
        assert_int_equal(open, 1);
        assert_true(files >= 4);
        unplug();
    }
}

/* The state with a different first number of the class. */
static bool try_number(size_t field, uint32_t value)
{
    static uint8_t state[STATE_BYTES];
    const vwr_le32 to = vwr_cpu_to_le32(value);
    const size_t bytes = save(state);

    memcpy(state + class_at(state) + field, &to, sizeof(to));
    reset();
    return try(state, bytes);
}

/* A bit in a mask must refer to an existing item, such as a jack or an LED. */
static void refuses_bits_of_nothing(void **unused)
{
    (void)unused;
    jacks = VWR_VSOUND_JACKS - 1;
    for (unsigned bit = jacks - 1; bit <= jacks; bit++) {
        plug(SOUND, false, false);
        assert_int_equal(try_number(offsetof(struct vwr_state_sound, jack_events), (uint32_t)1 << bit),
                         bit < jacks);
        unplug();
    }
    jacks = 0;
    with_less = true;
    for (unsigned led = 0; led < 16; led++) {
        plug(INPUT, false, false);
        assert_int_equal(try_number(offsetof(struct vwr_state_input, leds), (uint32_t)1 << led),
                         led == VWR_LED_CAPSL);
        unplug();
    }
    with_less = false;
}

/* Two sessions in the order of their rows, and in the other one. */
static void refuses_sessions_in_another_order(void **unused)
{
    static uint8_t state[STATE_BYTES], wrong[STATE_BYTES];
    const size_t one = VWR_VCRYPTO_KEY_BYTES(1u, KEYS);
    size_t at, bytes;

    (void)unused;
    plug(CRYPTO, false, false);
    memcpy(all.keys, all.keys + one, one);
    all.keys[0] = 0; /* the row of the id */
    all.session[0] = all.session[SESSIONS - 1];
    all.session[0].id -= SESSIONS - 1;
    all.living++;
    bytes = save(state);
    reset();
    assert_true(try(state, bytes));
    at = class_at(state) + sizeof(struct vwr_state_crypto);
    memcpy(wrong, state, bytes);
    memcpy(wrong + at, state + at + one, one);
    memcpy(wrong + at + one, state + at, one);
    assert_false(try(wrong, bytes));
    unplug();
}

/* Where a part of this type begins. */
static uint8_t *find_part(uint8_t *state, unsigned type)
{
    struct vwr_admin_dev_part_hdr h;

    for (unsigned n = 0;; n++) {
        memcpy(&h, state + part_at(state, n), HEAD);
        if (vwr_le16_to_cpu(h.part_type) == type)
            return state + part_at(state, n) + HEAD;
    }
}

/* A list of addresses, which a card with longer lists may have saved. */
static void refuses_long_lists(void **unused)
{
    static uint8_t state[STATE_BYTES];

    (void)unused;
    for (unsigned i = 0; i < 4; i++) {
        const unsigned list = i / 2u;
        const uint16_t count = (uint16_t)(VWR_VNET_MACS + i % 2u);
        const size_t more = (count - 1u) * VWR_VNET_MAC; /* each list has one address */
        struct vwr_state_net net;
        size_t bytes, at;

        plug(NET, false, false);
        bytes = save(state);
        memcpy(&net, state + class_at(state), sizeof(net));
        *(list == 0 ? &net.unicast : &net.multicast) = vwr_cpu_to_le16(count);
        memcpy(state + class_at(state), &net, sizeof(net));
        at = class_at(state) + sizeof(net) + (size_t)list * VWR_VNET_MAC;
        memmove(state + at + more, state + at, bytes - at);
        memset(state + at, 2, more);
        reset();
        bytes = set_class_bytes(state, (uint32_t)(bytes + more - class_at(state)));
        assert_int_equal(try(state, bytes), count <= VWR_VNET_MACS);
        unplug();
    }
}

/* A ring has no more buffers in flight than it has entries. */
static void refuses_more_in_flight(void **unused)
{
    static uint8_t state[STATE_BYTES];

    (void)unused;
    for (unsigned i = 0; i < 4; i++) {
        const unsigned beyond = i % 2u;
        struct vwr_state_queue p;
        struct vwr_vstate s;
        uint8_t *at;
        size_t bytes;

        plug(ENTROPY, false, i >= 2u);
        bytes = save(state);
        at = find_part(state, VWR_STATE_PART_QUEUE);
        memcpy(&p, at, sizeof(p));
        p.in_flight = vwr_cpu_to_le16((uint16_t)(all.g.queue[0].size + beyond));
        p.flags = vwr_cpu_to_le16(VWR_STATE_QUEUE_POPPED);
        memcpy(at, &p, sizeof(p));
        reset();
        s = state_in(state, bytes);
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
        assert_int_equal(s.fault == VWR_VSTATE_INDEX, beyond);
        check_unused();
        unplug();
    }
}

/* A message may be pending only while something holds it back: its vector, the function, the bus. */
static void keeps_messages(void **unused)
{
    static const struct {
        uint16_t command;
        uint16_t msix;
        uint32_t vector;
        bool accepted;
    } rows[] = {{6, 0x8000, VWR_STATE_VECTOR_PENDING, false},
                {2, 0x8000, VWR_STATE_VECTOR_PENDING, true},
                {6, 0, VWR_STATE_VECTOR_PENDING, true},
                {6, 0xc000, VWR_STATE_VECTOR_PENDING, true},
                {6, 0x8000, VWR_STATE_VECTOR_PENDING | VWR_STATE_VECTOR_MASKED, true},
                {6, 0x8000, 0, true}};
    static uint8_t state[STATE_BYTES];

    (void)unused;
    place = MSIX;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct vwr_state_pci p;
        struct vwr_state_vector vector;
        uint8_t *at;
        size_t bytes;

        plug(ENTROPY, false, false);
        bytes = save(state);
        at = find_part(state, VWR_STATE_PART_PCI);
        memcpy(&p, at, sizeof(p));
        memcpy(&vector, at + sizeof(p), sizeof(vector));
        p.command = vwr_cpu_to_le16(rows[i].command);
        p.msix = vwr_cpu_to_le16(rows[i].msix);
        vector.flags = vwr_cpu_to_le32(rows[i].vector);
        memcpy(at, &p, sizeof(p));
        memcpy(at + sizeof(p), &vector, sizeof(vector));
        reset();
        if (try(state, bytes) != rows[i].accepted)
            fail_msg("row %u", i);
        unplug();
    }
    place = MMIO;
}

/* The parts of a queue, saved as those of another queue. */
static size_t move_queue(uint8_t *to, const uint8_t *from, unsigned queue, unsigned as)
{
    const vwr_le16 index = vwr_cpu_to_le16((uint16_t)as);
    const size_t first = part_at(from, queue_part(queue));
    const size_t bytes = part_at(from, queue_part(queue + 1)) - first;

    memcpy(to, from + first, bytes);
    for (unsigned i = 0; i < PARTS_OF_QUEUE; i++)
        memcpy(to + part_at(to, i) + offsetof(struct vwr_admin_dev_part_hdr, selector), &index,
               sizeof(index));
    return bytes;
}

/* Buffers that the device holds in one queue are refused in another queue. */
#define CONTROLQ (GUEST_QUEUES - 1u) /* behind the data queues */

static void refused_in_another_queue(void **unused)
{
    static const struct {
        unsigned class, has, other;
    } rows[] = {{GPIO, VWR_GPIO_QUEUE_EVENTQ, VWR_GPIO_QUEUE_REQUESTQ},
                {SCSI, VWR_SCSI_QUEUE_REQUESTQ, VWR_SCSI_QUEUE_CONTROLQ},
                {SOUND, VWR_SND_QUEUE_TXQ, VWR_SND_QUEUE_EVENTQ},
                {CRYPTO, 0, CONTROLQ}};
    static uint8_t good[STATE_BYTES], wrong[STATE_BYTES];

    (void)unused;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t at, bytes;
        struct vwr_vstate s;

        plug(rows[i].class, false, false);
        if (rows[i].class == CRYPTO)
            (void)encipher(0);
        bytes = save(good);
        at = part_at(good, queue_part(0));
        memcpy(wrong, good, at);
        for (unsigned q = 0; q < all.g.dev->queues; q++)
            at += move_queue(wrong + at, good,
                             q == rows[i].has     ? rows[i].other
                             : q == rows[i].other ? rows[i].has
                                                  : q,
                             q);
        memcpy(wrong + at, good + at, bytes - at);
        reset();
        s = state_in(wrong, bytes);
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
        assert_int_equal(s.fault, VWR_VSTATE_FLIGHT);
        check_unused();
        unplug();
    }
}

/* A device that has less memory than the one that was saved. */
static void needs_memory(void **unused)
{
    static const unsigned of[] = {DISK, GPU, GPIO};
    static uint8_t memory[STATE_BYTES];
    struct vwr_vdev_setup setup;
    struct vwr_vstate s;

    (void)unused;
    for (unsigned i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
        plug(of[i], false, false);
        s = state_in(memory, save(memory));
        vwr_vm_remove(&all.g.vm, 0);
        guest_setup(&all.g, &setup);
        with_less = true;
        guest_plug(&all.g, 0, make[of[i]](&setup));
        with_less = false;
        if (of[i] == GPIO)
            all.gpio.service.service.messages = 1;
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
        check_unused();
        unplug();
    }
}

/* ---- the VMM ---- */

/* What a VMM may do wrong. */
static void refused(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s = state_in(memory, 10);
    size_t bytes;

    (void)unused;
    plug(DISK, false, true);
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_ENOMEM);
    bytes = s.done;
    assert_int_equal(save(memory), bytes);
    s = state_in(memory, bytes);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EBUSY);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), HELD);
    reset();
    s.kinds = 0;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EUNSUPP);
    s.done = 0;
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_EUNSUPP);
    assert_int_equal(s.fault, VWR_VSTATE_UNKNOWN);
    vwr_vdev_restart(all.g.dev, &s); /* nor does it start anything of the class */
    s = state_in(memory, bytes);
    memory[bytes] = 1;
    s.bytes = bytes + 1;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
    assert_int_equal(s.fault, VWR_VSTATE_BEHIND);
    check_unused();
    unplug();
}

/* Less memory than a state takes: the required size is reported, regardless of how much is missing, and
 * nothing is
 * written beyond the memory. */
static void saved_into_less(void **unused)
{
    static uint8_t memory[STATE_BYTES];

    (void)unused;
    for (unsigned class = 0; class < CLASSES; class ++) {
        size_t bytes;

        plug(class, false, false);
        bytes = save(memory);
        for (size_t n = 0; n < bytes; n++) {
            uint8_t *const exact = malloc(n + 1);
            struct vwr_vstate s = state_in(exact, n);

            assert_non_null(exact);
            exact[n] = 0xa5;
            assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_ENOMEM);
            assert_int_equal(s.done, bytes);
            assert_int_equal(exact[n], 0xa5);
            free(exact);
        }
        unplug();
    }
}

/* The disk's functions, as a class has them that keeps no buffer, or takes none. */
static struct vwr_vchain small_chain;

static struct vwr_vchain *add_none(struct vwr_vdev *v, uint16_t queue)
{
    (void)v;
    (void)queue;
    return NULL;
}

static struct vwr_vchain *add_small(struct vwr_vdev *v, uint16_t queue)
{
    (void)v;
    (void)queue;
    small_chain.room = 1;
    return &small_chain;
}

static struct vwr_vchain *find_none(struct vwr_vdev *v, uint16_t queue, unsigned *at)
{
    (void)v;
    (void)queue;
    (void)at;
    return NULL;
}

/* First a buffer that the device had before the reset of its queue. */
static struct vwr_vchain *find_late(struct vwr_vdev *v, uint16_t queue, unsigned *at)
{
    unsigned rest = *at - 1u;
    struct vwr_vchain *c;

    if (*at == 0) {
        (*at)++;
        small_chain.generation = v->queue[queue].generation - 2u;
        return &small_chain;
    }
    c = classes[DISK]->next(v, queue, &rest);
    *at = rest + 1u;
    return c;
}

static void load_as(const struct vwr_vstate_class *class, uint8_t *memory, size_t bytes)
{
    struct vwr_vstate s = state_in(memory, bytes);

    s.kind = &class;
    s.kinds = 1;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
    assert_int_equal(s.fault, VWR_VSTATE_FLIGHT);
    check_unused();
}

/* A class that cannot find its buffers cannot be saved with any, and a class without space for them does not
 * load them.
 */
static void refused_by_the_class(void **unused)
{
    static uint8_t memory[STATE_BYTES], late[STATE_BYTES];
    struct vwr_vstate_class class = *classes[DISK];
    const struct vwr_vstate_class *const kind = &class;
    struct vwr_vstate s;
    size_t bytes;

    (void)unused;
    plug(DISK, false, true);
    class.next = NULL;
    s = state_in(memory, STATE_BYTES);
    s.kind = &kind;
    s.kinds = 1;
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_EINFLIGHT);
    assert_int_equal(s.fault, VWR_VSTATE_HELD);
    class.next = find_late;
    s = state_in(late, STATE_BYTES);
    s.kind = &kind;
    s.kinds = 1;
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_OK);
    assert_int_equal(save(memory), s.done);
    assert_memory_equal(late, memory, s.done);
    class.next = find_none;
    s = state_in(memory, STATE_BYTES);
    s.kind = &kind;
    s.kinds = 1;
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_OK); /* of buffers that are in no list of the state */
    bytes = s.done;
    reset();
    s = state_in(memory, bytes);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
    unplug();
    plug(DISK, false, true);
    bytes = save(memory);
    reset();
    class.add = NULL;
    load_as(kind, memory, bytes);
    class.add = add_none;
    load_as(kind, memory, bytes);
    class.add = add_small;
    load_as(kind, memory, bytes);
    unplug();
}

/* A device whose memory may still be written is neither saved nor loaded. */
static void refused_while_unsafe(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;
    size_t bytes;

    (void)unused;
    plug(DISK, false, true);
    bytes = save(memory);
    vwr_vdev_set_unsafe(all.g.dev, true);
    s = state_in(memory, STATE_BYTES);
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_EINFLIGHT);
    assert_int_equal(s.fault, VWR_VSTATE_UNSAFE);
    vwr_vdev_set_unsafe(all.g.dev, false);
    reset();
    vwr_vdev_set_unsafe(all.g.dev, true); /* before its driver has come */
    s = state_in(memory, bytes);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EBUSY);
    assert_int_equal(s.fault, VWR_VSTATE_USED);
    vwr_vdev_set_unsafe(all.g.dev, false);
    unplug();
}

/* A buffer that is no longer in memory is saved without an address, and such a state is refused. */
static void refused_without_memory(void **unused)
{
    static uint8_t memory[STATE_BYTES];

    (void)unused;
    for (unsigned half = 0; half < 2; half++) {
        uint64_t kept[4];
        uint32_t i;
        size_t bytes;

        plug(DISK, false, true);
        for (i = 0; i < all.g.vm.memory.region_count; i++) {
            struct vwr_memory_region *const r =
                (struct vwr_memory_region *)(uintptr_t)&all.g.vm.memory.region[i];

            kept[i] = r->bytes;
            if (half == 0)
                r->bytes = 0;
            else if (data_of(0) - r->addr < r->bytes)
                r->bytes = data_of(0) - r->addr + 256u; /* half of its sector */
        }
        bytes = save(memory);
        for (i = 0; i < all.g.vm.memory.region_count; i++)
            ((struct vwr_memory_region *)(uintptr_t)&all.g.vm.memory.region[i])->bytes = kept[i];
        reset();
        load_as(classes[DISK], memory, bytes);
        unplug();
    }
}

/* A fault that is none. */
static void explains_any_fault(void **unused)
{
    const struct vwr_vstate s = {.fault = (enum vwr_vstate_fault)250};
    char text[100];

    (void)unused;
    (void)vwr_vstate_explain(&s, text, sizeof(text));
    assert_string_equal(text, "slot 0, byte 0: an unknown fault");
}

#define TESTS_MAX 64u

int main(void)
{
    static struct CMUnitTest tests[TESTS_MAX] = {
        cmocka_unit_test(mutated),
        cmocka_unit_test(keeps_an_early_notification),
        cmocka_unit_test(adds_no_notification),
        cmocka_unit_test(forgets_what_was_early),
        cmocka_unit_test(explains_what_was_early),
        cmocka_unit_test(keeps_what_was_opened),
        cmocka_unit_test(keeps_features_ok),
        cmocka_unit_test(refused),
        cmocka_unit_test(saved_into_less),
        cmocka_unit_test(forgets_refused_screens),
        cmocka_unit_test(refuses_moved_bytes),
        cmocka_unit_test(refuses_paths),
        cmocka_unit_test(refuses_nodes_without_session),
        cmocka_unit_test(refuses_files),
        cmocka_unit_test(refuses_bits_of_nothing),
        cmocka_unit_test(refuses_sessions_in_another_order),
        cmocka_unit_test(refused_by_the_class),
        cmocka_unit_test(refused_while_unsafe),
        cmocka_unit_test(explains_any_fault),
        cmocka_unit_test(refused_without_memory),
        cmocka_unit_test(resized),
        cmocka_unit_test(marks_what_is_optional),
        cmocka_unit_test(forged),
        cmocka_unit_test(needs_memory),
        cmocka_unit_test(refused_in_another_queue),
        cmocka_unit_test(keeps_messages),
        cmocka_unit_test(refuses_long_lists),
        cmocka_unit_test(refuses_more_in_flight),
    };
    size_t count = 0;

    while (tests[count].name != NULL)
        count++;
    for (size_t i = 0; i < class_test_count && count < TESTS_MAX; i++)
        tests[count++] = class_tests[i];
    return _cmocka_run_group_tests("state", tests, count, NULL, NULL);
}
