/* SPDX-License-Identifier: MIT */
#include "../cases.h"
#include "../script.h"
#include "vwr/bytes.h"
#include "vwr/v9p.h"
#include "vwr/vfiles_memory.h"
#include "vwr/p9.h"
#include "vwr/vgpu.h"
#include "vwr/vm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Cost of a message from a guest that has many objects: names in a folder, or resources of a GPU. The guest
 * is scripted and not counted. held_measured is one call of vwr_vdev_serve: all the work under one
 * acquisition of the lock. Each answer is checked.
 *
 *     bench_grow CASE NUMBER MESSAGES
 *
 * At most BATCH messages are in the ring at a time. grow.py describes the cases.
 */

#define RAM_ADDR UINT64_C(0x40000000)
#define QUEUE 128u
#define BATCH 48u
#define OUT 0x10000u
#define OUT_BYTES 0x2000u
#define IN (OUT + BATCH * OUT_BYTES)
#define IN_BYTES 0x4000u
#define RAM_BYTES (IN + BATCH * IN_BYTES)
#define MOST 131072u /* max number of names */
#define NAME 6u      /* length of a name */
#define ALIKE 52u    /* length of a name with a colliding hash */
#define PIXELS 4u    /* width and height of a resource */
#define POOL VWR_VFILES_MEMORY_POOL(0x2400000)

static uint8_t ram[RAM_BYTES] __attribute__((aligned(4096)));
static struct vwr_vqueue queues[VWR_VGPU_QUEUES];
static struct vwr_vqueue_entry own[VWR_VGPU_QUEUES * QUEUE];
static struct vwr_vdev *slots[1];
static struct script guest;
static uint16_t seen;
static bool again;
static unsigned messages;

static struct vwr_v9p folder;
static struct vwr_v9p_fid fids[64];
static struct vwr_vmessage message[1];
static struct vwr_vfiles_call call[1];
static struct vwr_vseg segs[VWR_V9P_SEGS(1)];
static struct vwr_vfiles_memory tree;
static struct vwr_vfiles_memory_file files[MOST];
static struct vwr_vfiles_memory_entry entries[MOST];
static uint8_t pool[POOL] __attribute__((aligned(8)));
static char names[MOST][VWR_VFILES_NAME + 1];
static uint64_t offsets[MOST];

static struct vwr_vgpu gpu;
static struct vwr_vgpu_scanout scanouts[1] = {{.width = 640, .height = 480}};
static struct vwr_vgpu_resource resources[4096];
static struct vwr_vgpu_entry backing[16];
static uint8_t memory[4096 * VWR_VGPU_BYTES(PIXELS, PIXELS)] __attribute__((aligned(64)));

static void die(const char *why)
{
    fprintf(stderr, "bench_grow: %s\n", why);
    exit(1);
}

/* ---- a VM ---- */

static void on_queue(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    (void)v;
    (void)queue;
    again = true;
}

static const struct vwr_memory_region region = {RAM_ADDR, RAM_BYTES, ram};
static const struct vwr_vm_ops ops = {.irq = script_irq, .kicked = on_queue, .again = on_queue};
static const struct vwr_vm_setup vm_setup = {.ops = &ops,
                                             .region = &region,
                                             .region_count = 1,
                                             .slot = slots,
                                             .slot_count = 1,
                                             .base = 0x0a000000,
                                             .stride = 0x1000};
static struct vwr_vm vm;
static const struct vwr_vdev_setup setup = {.vm = &vm,
                                            .queue = queues,
                                            .queue_count = VWR_VGPU_QUEUES,
                                            .queue_size = QUEUE,
                                            .own = own,
                                            .own_count = VWR_COUNT(own)};

static uint16_t start(struct vwr_vdev *v, uint16_t size)
{
    guest = (struct script){.dev = v, .ram = ram, .addr = RAM_ADDR, .size = size};
    if (vwr_vm_add(&vm, 0, v) != VWR_OK)
        die("no slot");
    if (!script_start(&guest, 0))
        die("the device did not start");
    return size;
}

/* ---- messages ---- */

static uint16_t most; /* max number of messages in the ring */

static unsigned in_ring(void)
{
    return (uint16_t)(guest.made - seen);
}

static uint8_t *out_of(uint16_t number)
{
    return ram + OUT + number % most * OUT_BYTES;
}

static uint8_t *in_of(uint16_t number)
{
    return ram + IN + number % most * IN_BYTES;
}

static void post(uint32_t bytes, uint32_t room)
{
    const uint16_t number = guest.made;

    script_post(&guest, (uint16_t)(number % most * 2), (uint32_t)(out_of(number) - ram), bytes,
                (uint32_t)(in_of(number) - ram), room);
}

void held_measured(void);
__attribute__((noipa)) void held_measured(void)
{
    vwr_vdev_serve(guest.dev, 0);
}

static void serve(bool measured)
{
    do {
        again = false;
        if (measured)
            held_measured();
        else
            vwr_vdev_serve(guest.dev, 0);
    } while (again);
    if (!script_is_done(&guest))
        die("a message has not been answered");
}

/* ---- 9p ---- */

static uint32_t bytes;

static void field(unsigned n, uint64_t number)
{
    for (unsigned i = 0; i < n; i++)
        out_of(guest.made)[bytes++] = (uint8_t)(number >> i * 8);
}

static void text(const char *string)
{
    field(2, strlen(string));
    memcpy(out_of(guest.made) + bytes, string, strlen(string));
    bytes += (uint32_t)strlen(string);
}

static void begin(uint8_t type)
{
    bytes = 0;
    field(4, 0);
    field(1, type);
    field(2, guest.made);
}

static void end(void)
{
    const uint32_t n = bytes;

    bytes = 0;
    field(4, n);
    post(n, IN_BYTES);
}

static uint64_t answered(uint16_t number, uint32_t at, unsigned n)
{
    uint64_t value = 0;

    while (n-- != 0)
        value = value << 8 | in_of(number)[at + n];
    return value;
}

/* Serves all messages in the ring, and checks that each answer has this type. */
static void finish(bool measured, uint8_t type)
{
    serve(measured);
    for (; seen != guest.made; seen++)
        if (answered(seen, 4, 1) != type)
            die("an answer is not the one asked for");
}

static void ask(uint8_t type)
{
    end();
    finish(false, (uint8_t)(type + 1));
}

static void open_fid(uint32_t fid, uint32_t flags)
{
    begin(VWR_P9_TLOPEN);
    field(4, fid);
    field(4, flags);
    ask(VWR_P9_TLOPEN);
}

static void walk(uint32_t newfid, unsigned count, const char *name)
{
    begin(VWR_P9_TWALK);
    field(4, 0);
    field(4, newfid);
    field(2, count);
    for (unsigned i = 0; i < count; i++)
        text(name);
}

static void begin_folder(uint32_t number, uint32_t of_names, uint32_t type)
{
    const struct vwr_vfiles_memory_options m = {.file = files,
                                                .file_count = MOST,
                                                .entry = entries,
                                                .entry_count = of_names,
                                                .pool = pool,
                                                .pool_bytes = sizeof(pool)};
    const struct vwr_v9p_options o = {.files = &tree.files,
                                      .tag = "t",
                                      .fid = fids,
                                      .fid_count = VWR_COUNT(fids),
                                      .message = message,
                                      .message_count = 1,
                                      .call = call,
                                      .call_count = 1,
                                      .seg = segs,
                                      .seg_count = VWR_COUNT(segs)};

    if (vwr_vfiles_memory_init(&tree, &m) != VWR_OK || vwr_v9p_init_with(&folder, &setup, &o) != VWR_OK)
        die("init");
    for (uint32_t i = 0; i < number; i++)
        if (vwr_vfiles_memory_add(&tree, names[i], type | 0755, NULL, 0) != VWR_OK)
            die("a name");
    (void)start(vwr_v9p_dev(&folder), QUEUE);
    most = BATCH;
    begin(VWR_P9_TVERSION);
    field(4, IN_BYTES);
    text(VWR_P9_VERSION);
    ask(VWR_P9_TVERSION);
    begin(VWR_P9_TATTACH);
    field(4, 0);
    field(4, VWR_P9_NO_FID);
    field(2, 0);
    field(2, 0);
    field(4, 0);
    ask(VWR_P9_TATTACH);
}

static void name_all(uint32_t number)
{
    for (uint32_t i = 0; i < number; i++)
        (void)snprintf(names[i], sizeof(names[i]), "%06u", i % 1000000);
}

static void list(uint64_t offset, uint32_t count)
{
    begin(VWR_P9_TREADDIR);
    field(4, 1);
    field(8, offset);
    field(4, count);
    end();
}

/* Creates a folder with `number` names, as fid 1, and gets the offset after each name. */
static void begin_list(uint32_t number)
{
    uint64_t offset = 0;
    uint32_t n = 0;

    name_all(number);
    begin_folder(number, MOST, VWR_P9_S_REG);
    walk(1, 0, "");
    ask(VWR_P9_TWALK);
    open_fid(1, VWR_P9_O_RDONLY);
    for (uint32_t left = 1; left != 0;) {
        list(offset, IN_BYTES);
        finish(false, VWR_P9_TREADDIR + 1);
        left = (uint32_t)answered((uint16_t)(guest.made - 1), 7, 4);
        for (uint32_t at = 0; at < left;
             at += 24 + (uint32_t)answered((uint16_t)(guest.made - 1), 11 + at + 22, 2)) {
            offset = answered((uint16_t)(guest.made - 1), 11 + at + 13, 8);
            if (answered((uint16_t)(guest.made - 1), 11 + at + 22, 2) == NAME)
                offsets[n++] = offset;
        }
    }
    if (n != number)
        die("a listing is not whole");
}

/* Treaddir messages at scattered offsets, each with a buffer of `count` bytes. */
static void listing(uint32_t number, uint32_t count)
{
    begin_list(number);
    for (unsigned i = 0; i < messages; i++) {
        list(offsets[i * UINT64_C(104729) % (number - 1)], count);
        if (in_ring() == BATCH || i + 1 == messages)
            finish(true, VWR_P9_TREADDIR + 1);
    }
}

static void one_entry(uint32_t number)
{
    listing(number, 40);
}

static void many_entries(uint32_t number)
{
    listing(number, IN_BYTES);
}

/*
 * Names with the same FNV-1a hash, which the memory tree uses. For each block of four letters, the search
 * finds two values that lead from one hash state to the same next state. So n blocks yield 2^n names.
 */
#define BLOCK 4u
#define TRIES 131072u
#define HEADS 16384u
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

static uint32_t fnv(uint32_t hash, const char *name, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        hash = (hash ^ (uint8_t)name[i]) * 16777619u;
    return hash;
}

static void block_of(uint32_t number, char block[BLOCK])
{
    for (unsigned i = 0; i < BLOCK; i++, number /= sizeof(LETTERS) - 1)
        block[i] = LETTERS[number % (sizeof(LETTERS) - 1)];
}

/* Finds two blocks that lead from this state to the same state, and returns that state. */
static uint32_t find_pair(uint32_t state, char pair[2][BLOCK])
{
    static uint32_t tried[TRIES]; /* the number of a block plus 1, indexed by hash modulo TRIES */

    memset(tried, 0, sizeof(tried));
    for (uint32_t i = 0; i < 1u << 20; i++) {
        uint32_t *at;
        uint32_t hash;

        block_of(i, pair[1]);
        hash = fnv(state, pair[1], BLOCK);
        at = &tried[hash % TRIES];
        if (*at != 0) {
            block_of(*at - 1, pair[0]);
            if (fnv(state, pair[0], BLOCK) == hash)
                return hash;
        }
        *at = i + 1;
    }
    die("no two names with one hash");
    return 0;
}

/* Makes names with the same hash, after a common prefix of `before` bytes. */
static void name_alike(uint32_t number, unsigned before)
{
    static char pair[ALIKE / BLOCK][2][BLOCK];
    char prefix[256];
    uint32_t state;

    memset(prefix, 'n', before);
    state = fnv(2166136261u, prefix, before);
    for (unsigned i = 0; i < ALIKE / BLOCK; i++)
        state = find_pair(state, pair[i]);
    for (uint32_t n = 0; n < number; n++) {
        memcpy(names[n], prefix, before);
        for (unsigned i = 0; i < ALIKE / BLOCK; i++)
            memcpy(names[n] + before + i * BLOCK, pair[i][n >> i & 1u], BLOCK);
        names[n][before + ALIKE] = '\0';
    }
}

/* Twalk to a name that does not exist, in a folder with `number` names that have the same hash. */
static void walks(uint32_t number)
{
    name_alike(number + 1, 0);
    begin_folder(number, HEADS, VWR_P9_S_REG);
    for (unsigned i = 0; i < messages; i++) {
        walk(2, 1, names[number]);
        end();
        if (in_ring() == BATCH || i + 1 == messages)
            finish(true, VWR_P9_RLERROR);
    }
}

/* Names of max length, eight per message, each followed by "..". */
static void long_walks(uint32_t number)
{
    name_alike(number, VWR_VFILES_NAME - ALIKE);
    begin_folder(number, HEADS, VWR_P9_S_DIR);
    for (unsigned i = 0; i < messages; i++) {
        begin(VWR_P9_TWALK);
        field(4, 0);
        field(4, 2 + i % BATCH);
        field(2, 16);
        for (unsigned n = 0; n < 16; n++)
            text(n % 2 == 0 ? names[(i * 16 + n) * 7919 % number] : "..");
        end();
        if (in_ring() != BATCH && i + 1 != messages)
            continue;
        finish(true, VWR_P9_TWALK + 1);
        for (uint32_t fid = 0; fid < BATCH && fid <= i; fid++) {
            begin(VWR_P9_TCLUNK);
            field(4, 2 + fid);
            ask(VWR_P9_TCLUNK);
        }
    }
}

static void create(const char *name, uint32_t fid)
{
    walk(fid, 0, "");
    ask(VWR_P9_TWALK);
    begin(VWR_P9_TLCREATE);
    field(4, fid);
    text(name);
    field(4, VWR_P9_O_RDWR);
    field(4, 0644);
    field(4, 0);
    ask(VWR_P9_TLCREATE);
}

static void write_at(uint32_t fid, uint64_t offset, uint32_t n)
{
    begin(VWR_P9_TWRITE);
    field(4, fid);
    field(8, offset);
    field(4, n);
    bytes += n;
    end();
}

static void truncate_to(uint32_t fid, uint64_t size)
{
    begin(VWR_P9_TSETATTR);
    field(4, fid);
    field(4, VWR_P9_SET_SIZE);
    field(4, 0);
    field(4, 0);
    field(4, 0);
    field(8, size);
    for (unsigned i = 0; i < 4; i++)
        field(8, 0);
    end();
}

/* Tsetattr that truncates a 4 GiB file, with a byte in every `number`th MiB, to 1 byte. */
static void truncates(uint32_t number)
{
    begin_folder(0, 16, 0);
    create("sparse", 1);
    for (unsigned i = 0; i < messages; i++) {
        for (uint64_t at = 0; at < UINT64_C(0x100000000); at += (uint64_t)number << 20) {
            write_at(1, at, 1);
            finish(false, VWR_P9_TWRITE + 1);
        }
        truncate_to(1, 1);
        finish(true, VWR_P9_TSETATTR + 1);
    }
}

/* Writes a byte at the end of 4 GiB, then truncates the file: each write allocates all levels of blocks. */
static void far_writes(uint32_t number)
{
    begin_folder(0, 64, 0);
    for (uint32_t i = 0; i < number; i++) {
        char name[16];

        (void)snprintf(name, sizeof(name), "%u", i);
        create(name, i + 1);
    }
    for (unsigned i = 0; i < messages; i++) {
        for (uint32_t n = 0; n < number; n++)
            write_at(n + 1, UINT64_C(0xfffffff0), 1);
        finish(true, VWR_P9_TWRITE + 1);
        for (uint32_t n = 0; n < number; n++)
            truncate_to(n + 1, 0);
        finish(true, VWR_P9_TSETATTR + 1);
    }
}

/* Tgetattr, which searches nothing. */
static void getattrs(uint32_t number)
{
    (void)number;
    begin_folder(0, 16, 0);
    for (unsigned i = 0; i < messages; i++) {
        begin(VWR_P9_TGETATTR);
        field(4, 0);
        field(8, ~UINT64_C(0));
        end();
        if (in_ring() == BATCH || i + 1 == messages)
            finish(true, VWR_P9_TGETATTR + 1);
    }
}

/* Creates folders nested `number` levels deep, and moves the first into the last, which must fail. */
static void deep_renames(uint32_t number)
{
    begin_folder(0, MOST, 0);
    for (uint32_t i = 0; i < number; i++) {
        begin(VWR_P9_TMKDIR);
        field(4, i == 0 ? 0 : 1 + i % 2);
        text("d");
        field(8, 0755);
        ask(VWR_P9_TMKDIR);
        begin(VWR_P9_TWALK);
        field(4, i == 0 ? 0 : 1 + i % 2);
        field(4, 2 - i % 2);
        field(2, 1);
        text("d");
        ask(VWR_P9_TWALK);
        if (i != 0) {
            begin(VWR_P9_TCLUNK);
            field(4, 1 + i % 2);
            ask(VWR_P9_TCLUNK);
        }
    }
    for (unsigned i = 0; i < messages; i++) {
        begin(VWR_P9_TRENAMEAT);
        field(4, 0);
        text("d");
        field(4, 2 - (number - 1) % 2);
        text("e");
        end();
        if (in_ring() == BATCH || i + 1 == messages)
            finish(true, VWR_P9_RLERROR);
    }
}

/* ---- gpu ---- */

static void command(const void *form, size_t n)
{
    memcpy(out_of(guest.made), form, n);
    post((uint32_t)n, sizeof(struct vwr_gpu_ctrl_hdr));
}

static void commanded(bool measured)
{
    serve(measured);
    for (; seen != guest.made; seen++)
        if (((const struct vwr_gpu_ctrl_hdr *)(const void *)in_of(seen))->type != VWR_GPU_RESP_OK_NODATA)
            die("a command was refused");
}

static void make(uint32_t id)
{
    const struct vwr_gpu_resource_create_2d_msg m = {
        .resource_id = id, .format = VWR_GPU_FORMAT_B8G8R8X8_UNORM, .width = PIXELS, .height = PIXELS};
    struct vwr_gpu_resource_create_2d_msg_form form;

    vwr_gpu_resource_create_2d_msg_encode(&form, false, &m);
    command(&form, sizeof(form));
}

static void drop(uint32_t id)
{
    const struct vwr_gpu_resource_unref_msg m = {.resource_id = id};
    struct vwr_gpu_resource_unref_msg_form form;

    vwr_gpu_resource_unref_msg_encode(&form, false, &m);
    command(&form, sizeof(form));
}

/* Creates `number` resources with IDs `step` apart, as a guest may choose them. */
static void begin_gpu(uint32_t number, uint32_t step)
{
    const struct vwr_vgpu_ops none = {NULL, NULL, NULL};
    static struct vwr_vgpu_ops gpu_ops;
    const struct vwr_vgpu_options o = {.ops = &gpu_ops,
                                       .scanout = scanouts,
                                       .scanout_count = 1,
                                       .resource = resources,
                                       .resource_count = (uint16_t)number,
                                       .entry = backing,
                                       .entry_count = VWR_COUNT(backing),
                                       .memory = memory,
                                       .memory_bytes = sizeof(memory)};

    gpu_ops = none;
    if (number > sizeof(resources) / sizeof(resources[0]) || vwr_vgpu_init_with(&gpu, &setup, &o) != VWR_OK)
        die("init");
    most = start(vwr_vgpu_dev(&gpu), 64) / 2;
    for (uint32_t i = 0; i < number; i++) {
        make((i + 1) * step);
        commanded(false);
    }
}

/* RESOURCE_FLUSH of a resource that is not displayed: the cheapest command for a resource. */
static void flushes(uint32_t number, uint32_t step)
{
    begin_gpu(number, step);
    for (unsigned i = 0; i < messages; i++) {
        const struct vwr_gpu_resource_flush_msg m = {
            .resource_id = (i * 7919 % number + 1) * step, .width = PIXELS, .height = PIXELS};
        struct vwr_gpu_resource_flush_msg_form form;

        vwr_gpu_resource_flush_msg_encode(&form, false, &m);
        command(&form, sizeof(form));
        commanded(true);
    }
}

static void gpu_flushes(uint32_t number)
{
    flushes(number, 1);
}

static void gpu_flushes_alike(uint32_t number)
{
    flushes(number, number);
}

/* RESOURCE_UNREF and RESOURCE_CREATE_2D in alternation. */
static void gpu_makes(uint32_t number)
{
    begin_gpu(number, 1);
    for (unsigned i = 0; i < messages; i++) {
        const uint32_t id = i / 2 * 7919 % number + 1;

        if (i % 2 == 0)
            drop(id);
        else
            make(id);
        commanded(true);
    }
}

int bench_main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(uint32_t number);
    } cases[] = {
        {"one-entry", one_entry},
        {"many-entries", many_entries},
        {"walks", walks},
        {"long-walks", long_walks},
        {"truncates", truncates},
        {"far-writes", far_writes},
        {"getattrs", getattrs},
        {"deep-renames", deep_renames},
        {"gpu-flushes", gpu_flushes},
        {"gpu-flushes-alike", gpu_flushes_alike},
        {"gpu-makes", gpu_makes},
    };

    if (vwr_vm_init(&vm, &vm_setup) != VWR_OK)
        die("no VM");
    messages = argc == 4 ? (unsigned)strtoul(argv[3], NULL, 10) : 0;
    for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]) && messages != 0; i++) {
        if (strcmp(argv[1], cases[i].name) != 0)
            continue;
        cases[i].run((uint32_t)strtoul(argv[2], NULL, 10));
        printf("count=%u\n", messages);
        return 0;
    }
    die("bench_grow CASE NUMBER MESSAGES");
    return 1;
}
