/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rig.h"

/*
 * Replays a driver's accesses to QEMU's disk on our disk, and prints a line for each different answer,
 *     <line of the recording> <vector or -> <kind> <what> <QEMU's answer> <ours>
 * and at the end the number of comparisons. The exit code is 0, also with differences: differences.py judges
 * them. With --tolerate qemu, our disk serves what only QEMU serves.
 */

struct counts {
    unsigned long registers;
    unsigned long used;
    unsigned long interrupts;
    unsigned long bytes;
    unsigned long suppressions;
};

struct replay {
    struct script_device device;
    struct rig rig;
    struct script_event e;
    struct counts n;
    const struct script *script;
    char vector[64];
};

__attribute__((format(printf, 2, 3))) static void differs(const struct replay *p, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    printf("%u %s %c ", p->e.line, p->vector, p->e.kind);
    vprintf(format, list);
    printf("\n");
    va_end(list);
}

/* Byte `i` of the memory content in an event. */
static uint8_t byte_of(const struct replay *p, size_t i)
{
    const struct script_content *const c = &p->e.content;

    if (c->kind == 'x')
        return c->byte[i];
    return c->kind == 'p' ? p->rig.pattern[c->first * VWR_BLK_SECTOR_BYTES + i] : 0;
}

static uint8_t *at(const struct replay *p, uint64_t addr, uint64_t bytes)
{
    uint8_t *const found = rig_at(&p->rig, addr, bytes);

    if (found == NULL)
        script_bad(p->script, "no RAM");
    return found;
}

static void write_memory(const struct replay *p)
{
    const struct script_content *const c = &p->e.content;

    if (c->kind != 'n') {
        uint8_t *const to = at(p, p->e.at, c->bytes);

        for (size_t i = 0; i < c->bytes; i++)
            to[i] = byte_of(p, i);
        return;
    }
    for (size_t i = 0; i < c->bytes; i++) {
        uint8_t *const to = at(p, p->e.at + i * c->stride, 2);

        to[0] = (uint8_t)(c->first + i);
        to[1] = (uint8_t)((c->first + i) >> 8);
    }
}

/* Compares the data that the device has written to a buffer. */
static void check_data(struct replay *p)
{
    const struct script_content *const c = &p->e.content;
    const uint8_t *const have = at(p, p->e.at, c->bytes);

    p->n.bytes += c->bytes;
    for (size_t i = 0; i < c->bytes; i++)
        if (have[i] != byte_of(p, i)) {
            differs(p, "byte-%zu-of-%zu %#x %#x", i, c->bytes, byte_of(p, i), have[i]);
            return;
        }
}

static void check_suppression(struct replay *p)
{
    const struct script_content *const c = &p->e.content;
    const uint8_t *const have = at(p, p->e.at, c->bytes);

    p->n.suppressions++;
    if (memcmp(have, c->byte, c->bytes) == 0)
        return;
    printf("%u %s n %s ", p->e.line, p->vector, p->e.name);
    for (size_t i = 0; i < c->bytes; i++)
        printf("%02x", c->byte[i]);
    printf(" ");
    for (size_t i = 0; i < c->bytes; i++)
        printf("%02x", have[i]);
    printf("\n");
}

static uint32_t little(const uint8_t *b, unsigned bytes)
{
    uint32_t value = 0;

    while (bytes-- > 0)
        value = value << 8 | b[bytes];
    return value;
}

static void compare(const struct replay *p, const char *what, uint32_t theirs, uint32_t ours)
{
    if (theirs != ours)
        differs(p, "%s %#" PRIx32 " %#" PRIx32, what, theirs, ours);
}

static void check_used_packed(struct replay *p, const struct vwr_vqueue *q)
{
    const uint32_t slot = p->e.used[0];
    const uint8_t *const d = at(p, q->desc_addr + slot * sizeof(struct vwr_pvirtq_desc), 16);

    compare(p, "id", p->e.used[1], little(d + 12, 2));
    compare(p, "length", p->e.used[2], little(d + 8, 4));
    compare(p, "flags", p->e.used[3], little(d + 14, 2));
}

static void check_used_split(struct replay *p, const struct vwr_vqueue *q)
{
    const uint32_t position = p->e.used[0];
    const struct vwr_virtq_used_elem *const u = &q->split.used->ring[position % q->size];

    if (!p->device.at_once) /* otherwise more may have completed */
        compare(p, "index", (uint16_t)(position + 1), little((const uint8_t *)&q->split.used->idx, 2));
    compare(p, "id", p->e.used[1], little((const uint8_t *)&u->id, 4));
    compare(p, "length", p->e.used[2], little((const uint8_t *)&u->len, 4));
}

static void check_used(struct replay *p)
{
    const struct vwr_vqueue *const q = &p->rig.queue[0];

    p->n.used++;
    (void)rig_done(&p->rig, p->e.used[1]); /* or it completed immediately, and the value is an id */
    if (!q->ready)
        differs(p, "ready 0x1 0");
    else if (p->e.packed)
        check_used_packed(p, q);
    else
        check_used_split(p, q);
}

static void check_register(struct replay *p)
{
    const uint64_t ours = rig_access(&p->rig, p->e.at, p->e.size, false, 0);

    p->n.registers++;
    if (ours != p->e.value)
        differs(p, "%#" PRIx64 " %#" PRIx64 " %#" PRIx64, p->e.at, p->e.value, ours);
}

/* Called before the driver's next access: each interrupt from our disk must also have been raised by QEMU. */
static void check_interrupts(struct replay *p)
{
    if (p->rig.interrupts != 0 && !p->device.at_once)
        differs(p, "interrupt 0 %u", p->rig.interrupts);
    p->rig.interrupts = 0;
}

static void check_interrupt(struct replay *p)
{
    p->n.interrupts++;
    if (p->rig.interrupts == 0)
        differs(p, "interrupt 0x1 0");
    else
        p->rig.interrupts--;
}

/* What the disk holds instead of the pattern; the rest of the sector is zeros. */
static void put_sector(struct replay *p)
{
    const struct script_content *const c = &p->e.content;

    if (p->e.at >= p->device.sectors || c->bytes > VWR_BLK_SECTOR_BYTES || (c->kind != 'x' && c->kind != 'z'))
        script_bad(p->script, "not the content of a sector");
    rig_put(&p->rig, p->e.at, c->byte, c->kind == 'x' ? c->bytes : 0);
}

static void begin(struct replay *p)
{
    if (p->e.kind == 'v') {
        rig_end(&p->rig);
        memcpy(p->vector, p->e.name, sizeof(p->vector));
    }
    rig_begin(&p->rig, &p->device);
}

static void play(struct replay *p)
{
    const char kind = p->e.kind;

    if (kind == 'r' || kind == 'w' || kind == 'v')
        check_interrupts(p);
    if (kind == 'r')
        check_register(p);
    else if (kind == 'w')
        (void)rig_access(&p->rig, p->e.at, p->e.size, true, p->e.value);
    else if (kind == 'm')
        write_memory(p);
    else if (kind == 'b')
        put_sector(p);
    else if (kind == 'd')
        check_data(p);
    else if (kind == 'u')
        check_used(p);
    else if (kind == 'n')
        check_suppression(p);
    else if (kind == 'i')
        check_interrupt(p);
    else
        begin(p);
}

/* Rejects a recording of a larger disk than its head declares. */
static void check_range(const struct replay *p)
{
    const struct script_content *const c = &p->e.content;
    const uint64_t sectors = (c->bytes + VWR_BLK_SECTOR_BYTES - 1) / VWR_BLK_SECTOR_BYTES;

    if (c->kind == 'p' && (c->first > p->device.sectors || sectors > p->device.sectors - c->first))
        script_bad(p->script, "no such sectors");
}

int main(int argc, char **argv)
{
    const bool as_qemu = argc == 4 && strcmp(argv[1], "--tolerate") == 0 && strcmp(argv[2], "qemu") == 0;
    static struct replay p;
    struct script *s;

    if (argc != 2 && !as_qemu) {
        fprintf(stderr, "usage: replay [--tolerate qemu] RECORDING\n");
        return 2;
    }
    s = script_open(argv[argc - 1], &p.device);
    p.script = s;
    strcpy(p.vector, "-");
    rig_prepare(&p.rig, &p.device, as_qemu ? VWR_TOLERATE_QEMU : VWR_TOLERATE_DEFAULT);
    begin(&p);
    while (script_next(s, &p.e)) {
        check_range(&p);
        play(&p);
    }
    check_interrupts(&p);
    printf("compared: %lu registers, %lu used, %lu interrupts, %lu bytes, %lu suppressions\n", p.n.registers,
           p.n.used, p.n.interrupts, p.n.bytes, p.n.suppressions);
    rig_end(&p.rig);
    free(p.rig.pattern);
    script_close(s);
    return 0;
}
