/* SPDX-License-Identifier: MIT */
#include "record.h"
#include "bus.h"
#include "check.h"
#include "guest.h"
#include "machine.h"
#include "watch.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KEPT 256u   /* bytes of a segment */
#define ALIKE 6u    /* buffers of a queue with the same lengths and the same first byte */
#define KINDS 400u  /* of buffers, and */
#define FLIGHT 256u /* in flight in a queue */
#define SEGMENTS 64u
#define LINE 20000u
#define POLLS 10000u /* of 1 ms each */

static struct {
    FILE *file; /* in memory: the lines of buffers */
    char *text;
    size_t bytes;
    unsigned slot;
    struct queue {
        uint16_t next; /* first entry of the available ring that was not seen */
        uint16_t used;
        struct chain {
            char reads[LINE];
            struct {
                uint64_t addr;
                uint32_t len;
            } write[SEGMENTS];
            unsigned writes;
            char kind[200];
        } chain[FLIGHT];
    } queue[WATCH_QUEUES];
    struct {
        char kind[200];
        unsigned count;
    } kinds[KINDS];
    unsigned kind_count;
} record;

/* The bytes in hexadecimal; +N for N more. */
static size_t put_segment(char *text, size_t room, const uint8_t *at, uint32_t bytes, uint32_t length)
{
    const uint32_t kept = bytes < KEPT ? bytes : KEPT;
    size_t used = (size_t)snprintf(text, room, " ");

    for (uint32_t i = 0; i < kept; i++)
        used += (size_t)snprintf(text + used, room - used, "%02x", at[i]);
    if (length != kept)
        used += (size_t)snprintf(text + used, room - used, "+%" PRIu32, length - kept);
    CHECK(used < room);
    return used;
}

/* The data that the driver has written, and the memory that the device writes. */
static void take_chain(struct queue *q, const struct watch_ring *r, unsigned queue, uint16_t head)
{
    struct chain *const c = &q->chain[head];
    const struct vwr_virtq_desc *table = r->desc;
    size_t at = 0, kind = (size_t)snprintf(c->kind, sizeof(c->kind), "%u", queue);
    uint16_t id = head;

    CHECK(head < FLIGHT);
    c->writes = 0;
    c->reads[0] = '\0';
    if ((table[id].flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0) {
        table = guest_at(table[id].addr, table[id].len);
        id = 0;
    }
    for (bool more = true; more; id = table[id].next) {
        const struct vwr_virtq_desc *const d = &table[id];
        const uint8_t *const data = guest_at(d->addr, d->len);

        CHECK(data != NULL && c->writes < SEGMENTS);
        if ((d->flags & VWR_VIRTQ_DESC_F_WRITE) == 0) {
            kind += (size_t)snprintf(c->kind + kind, sizeof(c->kind) - kind, " %" PRIu32, d->len);
            if (at == 0)
                kind += (size_t)snprintf(c->kind + kind, sizeof(c->kind) - kind, " first %u.%u", data[0],
                                         data[4]);
            at += put_segment(c->reads + at, sizeof(c->reads) - at, data, d->len, d->len);
        } else {
            c->write[c->writes].addr = d->addr;
            c->write[c->writes++].len = d->len;
            kind += (size_t)snprintf(c->kind + kind, sizeof(c->kind) - kind, " W%" PRIu32, d->len);
        }
        CHECK(kind < sizeof(c->kind));
        more = (d->flags & VWR_VIRTQ_DESC_F_NEXT) != 0;
    }
}

static bool is_kept(const char *kind)
{
    for (unsigned i = 0; i < record.kind_count; i++)
        if (strcmp(record.kinds[i].kind, kind) == 0)
            return ++record.kinds[i].count <= ALIKE;
    CHECK(record.kind_count < KINDS);
    snprintf(record.kinds[record.kind_count].kind, sizeof(record.kinds[0].kind), "%s", kind);
    record.kinds[record.kind_count++].count = 1;
    return true;
}

static void put_used(const struct queue *q, unsigned queue, uint32_t id, uint32_t used)
{
    const struct chain *const c = &q->chain[id];
    char text[LINE];

    if (!is_kept(c->kind))
        return;
    fprintf(record.file, "x %u %" PRIu32 " R%s W", queue, used, c->reads);
    for (unsigned i = 0; i < c->writes; i++) {
        const uint32_t bytes = used < c->write[i].len ? used : c->write[i].len;

        (void)put_segment(text, sizeof(text), guest_at(c->write[i].addr, c->write[i].len), bytes,
                          c->write[i].len);
        fputs(text, record.file);
        used -= bytes;
    }
    fputc('\n', record.file);
}

static void put_all_used(unsigned queue)
{
    struct queue *const q = &record.queue[queue];
    const struct watch_ring *const r = watch_ring(record.slot, queue);

    for (; r->used != NULL && q->used != *(volatile uint16_t *)&r->used->idx; q->used++) {
        const struct vwr_virtq_used_elem *const e = &r->used->ring[q->used % r->size];

        put_used(q, queue, e->id, e->len);
    }
}

static void before(unsigned slot)
{
    const unsigned queue = bus_written(slot, VWR_MMIO_QUEUE_NOTIFY);
    struct queue *const q = &record.queue[queue];
    const struct watch_ring *const r = watch_ring(slot, queue);

    if (slot != record.slot)
        return;
    CHECK(queue < WATCH_QUEUES && r->size <= FLIGHT);
    for (; q->next != r->avail->idx; q->next++)
        take_chain(q, r, queue, r->avail->ring[q->next % r->size]);
}

/* Until all buffers that the device reads from are used. */
static void after(unsigned slot)
{
    const unsigned queue = bus_written(slot, VWR_MMIO_QUEUE_NOTIFY);
    const struct watch_ring *const r = watch_ring(slot, queue);
    struct queue *const q = &record.queue[queue];

    if (slot != record.slot)
        return;
    for (unsigned i = 0; i < POLLS && q->chain[r->avail->ring[(q->next - 1u) % r->size]].reads[0] != '\0' &&
                         *(volatile uint16_t *)&r->used->idx != q->next;
         i++)
        usleep(1000);
    for (unsigned i = 0; i < WATCH_QUEUES; i++)
        put_all_used(i);
}

void record_begin(unsigned slot)
{
    memset(&record, 0, sizeof(record));
    record.slot = slot;
    record.file = open_memstream(&record.text, &record.bytes);
    CHECK_SYS(record.file != NULL);
    bus_before_notify(before);
    bus_after_notify(after);
}

static uint64_t accepted(void)
{
    uint64_t bits = 0;

    for (unsigned i = 0; i < 64; i++)
        bits |= (uint64_t)bus_accepted(record.slot, i) << i;
    return bits;
}

static void put_config(FILE *f, uint32_t bytes)
{
    const uint64_t at = MACHINE_SLOT_BASE + record.slot * MACHINE_SLOT_BYTES + VWR_MMIO_CONFIG;

    fputs("config ", f);
    for (uint32_t i = 0; i < bytes; i++)
        fprintf(f, "%02x", (unsigned)machine_read(at + i, 1));
    fputc('\n', f);
}

void record_end(uint32_t device, uint32_t config_bytes, const char *name)
{
    const char *const answer = machine_qmp("{\"execute\": \"query-version\"}");
    const char *const package = strstr(answer, "\"package\": \"");
    FILE *const f = fopen(name, "w");

    CHECK_SYS(f != NULL);
    CHECK(package != NULL);
    bus_before_notify(NULL);
    bus_after_notify(NULL);
    for (unsigned i = 0; i < WATCH_QUEUES; i++)
        put_all_used(i);
    CHECK_SYS(fclose(record.file) == 0);
    fprintf(f,
            "# SPDX-License-Identifier: MIT\n# Recorded by qemu_tier record, with Virtwright's driver; see "
            "README.md.\n# QEMU %.*s\n",
            (int)strcspn(package + 12, "\""), package + 12);
    fprintf(f, "device %" PRIu32 "\nfeatures %#" PRIx64 "\n", device, accepted());
    put_config(f, config_bytes);
    fputs(record.text, f);
    CHECK_SYS(fclose(f) == 0);
    free(record.text);
    printf("%s: %u kinds of buffers\n", name, record.kind_count);
}
