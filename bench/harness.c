/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "disk.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Main: parses the command line, runs a level once, and checks its results. */

_Alignas(4096) static uint8_t buffer[BENCH_DEPTH_MAX][BENCH_BYTES];

_Noreturn void bench_fail(const char *why)
{
    fprintf(stderr, "bench: request %llu: %s\n", (unsigned long long)disk_counts()->requests, why);
    exit(1);
}

uint8_t *bench_buffers(void)
{
    return buffer[0];
}

/* Whole pages, which are never freed. */
void *bench_memory(size_t bytes)
{
    const size_t whole = (bytes + 4095u) & ~(size_t)4095u;
    void *p = aligned_alloc(4096, whole);

    if (p == NULL)
        bench_fail("no memory");
    memset(p, 0, whole);
    return p;
}

/* Checks all data of the last batch, which are still in the buffers. Earlier batches ran the same code. */
static void check_buffers(const struct bench_run *r)
{
    for (uint32_t i = 0; i < r->depth; i++) {
        const uint64_t n = (uint64_t)(r->batches - 1u) * r->depth + i;
        const uint8_t *const want = disk_medium(bench_sector(n));
        const unsigned count = bench_segments(r, n);
        const size_t bytes = BENCH_BYTES / count;

        for (unsigned k = 0; k < count; k++)
            if (memcmp(bench_segment(buffer[i], k, count), want + k * bytes, bytes) != 0)
                bench_fail("data read is not what the disk has");
    }
}

/* The arrays of segments, which the caller of a driver prepares. */
static const struct vwr_vec *make_vecs(const struct bench_run *r)
{
    struct vwr_vec *const vecs = bench_memory(sizeof(*vecs) * r->depth * (r->segments + 1u));

    for (uint32_t i = 0; i < r->depth * r->segments; i++) {
        vecs[i].p = bench_segment(buffer[i / r->segments], i % r->segments, r->segments);
        vecs[i].bytes = BENCH_BYTES / r->segments;
    }
    return vecs;
}

static const struct bench_level *find_level(const char *name)
{
    static const struct bench_level *const level[] = {&bench_hand,
                                                      &bench_hand_indirect,
                                                      &bench_hand_packed,
                                                      &bench_hand_packed_direct,
                                                      &bench_hand_in_order,
                                                      &bench_hand_packed_in_order,
                                                      &bench_hand_any_shape,
                                                      &bench_hand_packed_any_shape,
                                                      &bench_ring,
                                                      &bench_queues,
                                                      &bench_add,
                                                      &bench_block,
                                                      &bench_open,
                                                      &bench_requests,
                                                      &bench_requests_pci,
                                                      &bench_hand_blk,
                                                      &bench_hand_blk_packed,
                                                      &bench_hand_blk_in_order,
                                                      &bench_forms,
                                                      &bench_hand_blk_segments,
                                                      &bench_hand_blk_segments_indirect,
                                                      &bench_add_forms,
                                                      &bench_linux};

    for (size_t i = 0; i < sizeof(level) / sizeof(level[0]); i++)
        if (level[i] != NULL && strcmp(level[i]->name, name) == 0)
            return level[i];
    return NULL;
}

_Noreturn static void refuse(const char *what, const char *got)
{
    fprintf(
        stderr,
        "bench_host: %s: \"%s\"\n"
        "usage: bench_host LEVEL QUEUE_SIZE DEPTH BATCHES [FEATURES [QUEUES [FORM]]]\n"
        "LEVEL     hand, hand_indirect, hand_packed, hand_packed_direct, hand_in_order, "
        "hand_packed_in_order,\n"
        "          hand_any_shape, hand_packed_any_shape, ring, queues, add, block, open, requests,\n"
        "          requests_pci, the same on PCI,\n"
        "          hand_blk, hand_blk_packed, hand_blk_in_order,\n"
        "          forms, hand_blk_segments, hand_blk_segments_indirect, add_forms, linux\n"
        "FEATURES  none, or of indirect,event_idx,packed,in_order,notification_data: what the disk offers\n"
        "QUEUES    that take the batches one after the other: queues alone has more than one\n"
        "FORM      of the last five levels: read, flush, discard, N, alternate-N, eighth-N; N: segments of a "
        "read;\n"
        "          reverse, a read that the disk uses in reverse order; full, a read with a full queue\n",
        what, got);
    exit(2);
}

static uint32_t number(const char *what, const char *text, uint32_t least, uint32_t most)
{
    char *end = NULL;
    const unsigned long value = strtoul(text, &end, 10);

    if (end == text || *end != '\0' || value < least || value > most) {
        fprintf(stderr, "bench_host: %lu to %lu is possible\n", (unsigned long)least, (unsigned long)most);
        refuse(what, text);
    }
    return (uint32_t)value;
}

static void read_features(struct vwr_features *f, const char *list)
{
    static const struct {
        const char *name;
        unsigned feature;
    } known[] = {{"indirect", VWR_F_INDIRECT_DESC},
                 {"event_idx", VWR_F_EVENT_IDX},
                 {"packed", VWR_F_RING_PACKED},
                 {"in_order", VWR_F_IN_ORDER},
                 {"notification_data", VWR_F_NOTIFICATION_DATA}};

    while (strcmp(list, "none") != 0) {
        const size_t length = strcspn(list, ",");
        size_t i = 0;

        while (i < sizeof(known) / sizeof(known[0]) &&
               (strlen(known[i].name) != length || strncmp(known[i].name, list, length) != 0))
            i++;
        if (i == sizeof(known) / sizeof(known[0]))
            refuse("no such feature", list);
        vwr_features_add(f, known[i].feature);
        if (list[length] == '\0')
            return;
        list += length + 1u;
    }
}

/* Levels whose loop is class_loop_forms or ring_loop. */
static bool has_forms(const struct bench_level *level)
{
    return level == &bench_forms || level == &bench_hand_blk_segments ||
           level == &bench_hand_blk_segments_indirect || level == &bench_add_forms || level == &bench_linux;
}

/* The number of segments must divide BENCH_BYTES. */
static void read_form(struct bench_run *r, const struct bench_level *level, const char *text)
{
    static const struct {
        const char *name; /* a number follows if it ends with a hyphen */
        enum bench_form form;
    } known[] = {{"flush", BENCH_FLUSH}, {"discard", BENCH_DISCARD},      {"reverse", BENCH_REVERSE},
                 {"full", BENCH_FULL},   {"alternate-", BENCH_ALTERNATE}, {"eighth-", BENCH_EIGHTH}};
    const char *segments = text;

    if (strcmp(text, "read") == 0)
        return;
    r->form = BENCH_SEGMENTS;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (strncmp(text, known[i].name, strlen(known[i].name)) == 0) {
            r->form = known[i].form;
            segments = text + strlen(known[i].name);
        }
    if (segments == text || segments[-1] == '-')
        r->segments = number("FORM", segments, 1, BENCH_SEGMENTS_MAX);
    else if (*segments != '\0')
        refuse("no such form", text);
    if (r->form == BENCH_FLUSH)
        r->segments = 0;
    if (r->form == BENCH_DISCARD)
        vwr_features_add(&r->features, VWR_BLK_F_DISCARD);
    if (r->form == BENCH_REVERSE && vwr_features_have(&r->features, VWR_F_IN_ORDER))
        refuse("in order and in reverse order", text);
    if (!has_forms(level) || (r->segments & (r->segments - 1u)) != 0)
        refuse("a form that this level does not have", text);
}

static void read_run(struct bench_run *r, const struct bench_level *level, int argc, char **argv)
{
    r->queue_size = (uint16_t)number("QUEUE_SIZE", argv[2], BENCH_QUEUE_MIN, BENCH_QUEUE_MAX);
    r->depth = number("DEPTH", argv[3], 1, BENCH_DEPTH_MAX);
    r->batches = number("BATCHES", argv[4], 1, 1000000);
    r->queues = argc > 6 ? number("QUEUES", argv[6], 1, level->queues) : 1;
    if (argc > 5)
        read_features(&r->features, argv[5]);
    if (r->queues > 1)
        vwr_features_add(&r->features, VWR_BLK_F_MQ);
    if (argc > 7)
        read_form(r, level, argv[7]);
    if (bench_descriptors(r) * r->depth > r->queue_size)
        refuse("that depth does not fit into that queue", argv[3]);
}

int bench_main(int argc, char **argv)
{
    const struct bench_level *level = argc >= 5 && argc <= 8 ? find_level(argv[1]) : NULL;
    struct bench_run r = {.bytes = BENCH_BYTES, .out = 1, .in = 2, .segments = 1};
    uint64_t done;
    uint64_t reads;
    void *driver;

    if (level == NULL)
        refuse("no such level, or not as many arguments", argc > 1 ? argv[1] : "");
    read_run(&r, level, argc, argv);
    r.vecs = make_vecs(&r);
    disk_set_up(&r);
    driver = level->prepare(&r);
    disk_check_features(&r);
    reads = disk_counts()->reads;
    done = level->measured(&r, driver);
    if (done != disk_counts()->requests || done != (uint64_t)r.batches * r.depth)
        bench_fail("requests asked for, served and taken back are not equally many");
    if (r.form != BENCH_FLUSH && r.form != BENCH_DISCARD)
        check_buffers(&r);
    disk_check_shares();
    printf("requests=%llu notifications=%llu mmio_reads=%llu\n", (unsigned long long)done,
           (unsigned long long)disk_counts()->notifications,
           (unsigned long long)(disk_counts()->reads - reads));
    return 0;
}
