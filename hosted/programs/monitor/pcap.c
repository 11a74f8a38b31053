/* SPDX-License-Identifier: MIT */
#include "monitor.h"

#include "vwr/bytes.h"
#include "vwr/vm.h"

#include <errno.h>
#include <string.h>
#include <time.h>

/*
 * Used buffers as packets for Wireshark: docs/wireshark.md describes the layout, which
 * codegen/vwr/wireshark/capture.py also writes. Both ends run meanwhile, and either may write invalid data,
 * so each number is read once and checked.
 */

#define MAGIC 0xa1b2c3d4u
#define LINK_TYPE 147u   /* LINKTYPE_USER0 */
#define MOST 0x40000u    /* bytes of a packet that Wireshark reads */
#define KEPT 0x1000u     /* bytes of a descriptor */
#define SEGMENTS 1024u   /* descriptors of a buffer */
#define CONFIG 256u      /* bytes of a configuration */
#define MICROSECOND 1000 /* nanoseconds */

struct file_head {
    uint32_t magic;
    uint16_t major, minor;
    int32_t zone;
    uint32_t accuracy, most, link_type;
};

struct packet_head {
    uint32_t seconds, microseconds, kept, bytes;
};

struct buffer_head {
    vwr_le16 version, flags, device, queue;
    vwr_le64 features[2];
    vwr_le32 used;
    vwr_le16 config_bytes, segments;
};

struct segment_head {
    vwr_le32 bytes, kept, flags;
};

struct segment {
    uint64_t addr;
    const void *from;
    uint32_t bytes, kept;
    bool is_write;
};

static struct {
    FILE *out;
    uint32_t device;
    uint8_t config[CONFIG];
    unsigned config_bytes;
    struct segment segment[SEGMENTS];
    unsigned segments;
    uint8_t packet[MOST];
    size_t bytes;
    bool *failed;
} pcap;

int pcap_open(const char *path, uint32_t device, bool *failed)
{
    const struct file_head head = {MAGIC, 2, 4, 0, 0, MOST, LINK_TYPE};

    pcap.out = fopen(path, "wb");
    pcap.device = device;
    pcap.failed = failed;
    if (pcap.out == NULL || fwrite(&head, sizeof(head), 1, pcap.out) != 1)
        return wrong("%s: %s", path, strerror(errno));
    return 0;
}

int pcap_close(const char *path)
{
    if (pcap.out == NULL)
        return 0;
    if (fclose(pcap.out) == 0 && !*pcap.failed)
        return 0;
    return wrong("%s: it could not be written", path);
}

void pcap_config(uint32_t offset, const void *content, uint32_t bytes)
{
    if (offset > CONFIG || bytes > CONFIG - offset)
        return;
    memcpy(pcap.config + offset, content, bytes);
    if (pcap.config_bytes < offset + bytes)
        pcap.config_bytes = offset + bytes;
}

/* ---- the chain of a buffer ---- */

static void add_segment(const struct vwr_virtq_desc *d)
{
    struct segment *const s = &pcap.segment[pcap.segments];

    if (pcap.segments == SEGMENTS)
        return;
    *s = (struct segment){.addr = vwr_le64_to_cpu(d->addr),
                          .bytes = vwr_le32_to_cpu(d->len),
                          .is_write = (vwr_le16_to_cpu(d->flags) & VWR_VIRTQ_DESC_F_WRITE) != 0};
    pcap.segments++;
}

/* Reads the descriptors of a table, starting with one of them. Returns the address of an indirect table, with
 * its size in bytes; 0: there is none. */
static uint64_t add_chain(const struct vwr_virtq_desc *table, uint32_t count, uint32_t at, uint32_t *bytes)
{
    for (uint32_t i = 0; i < count && at < count; i++) {
        struct vwr_virtq_desc d;

        memcpy(&d, &table[at], sizeof(d));
        if ((vwr_le16_to_cpu(d.flags) & VWR_VIRTQ_DESC_F_INDIRECT) != 0) {
            *bytes = vwr_le32_to_cpu(d.len);
            return vwr_le64_to_cpu(d.addr);
        }
        add_segment(&d);
        if ((vwr_le16_to_cpu(d.flags) & VWR_VIRTQ_DESC_F_NEXT) == 0)
            break;
        at = vwr_le16_to_cpu(d.next);
    }
    return 0;
}

static void collect(const struct session *s, const struct ring *r, uint32_t head)
{
    const struct vwr_vm *const vm = &s->front.vm;
    const struct vwr_virtq_desc *table =
        vwr_memory_ptr(&vm->memory, r->at.desc, (uint64_t)r->at.size * sizeof(struct vwr_virtq_desc));
    uint32_t bytes = 0;
    uint64_t addr;

    pcap.segments = 0;
    addr = table == NULL ? 0 : add_chain(table, r->at.size, head, &bytes);
    table = addr == 0 ? NULL : vwr_memory_ptr(&vm->memory, addr, bytes);
    if (table != NULL)
        (void)add_chain(table, bytes / (uint32_t)sizeof(struct vwr_virtq_desc), 0, &bytes);
}

/* ---- the packet ---- */

static void put(const void *from, size_t bytes)
{
    memcpy(pcap.packet + pcap.bytes, from, bytes);
    pcap.bytes += bytes;
}

/* Which bytes of each descriptor are kept: none that are not memory, nor more than the packet has room for.
 */
static void keep(const struct session *s)
{
    size_t room = MOST - sizeof(struct buffer_head) - CONFIG - pcap.segments * sizeof(struct segment_head);

    for (unsigned i = 0; i < pcap.segments; i++) {
        struct segment *const one = &pcap.segment[i];

        one->kept = one->bytes < KEPT ? one->bytes : KEPT;
        if (one->kept > room)
            one->kept = (uint32_t)room;
        one->from = vwr_memory_ptr(&s->front.vm.memory, one->addr, one->kept);
        if (one->from == NULL)
            one->kept = 0;
        room -= one->kept;
    }
}

/* The rows of the descriptors that one side writes, or what they contain. */
static void put_side(bool is_write, bool is_content)
{
    for (unsigned i = 0; i < pcap.segments; i++) {
        const struct segment *const one = &pcap.segment[i];
        const struct segment_head row = {vwr_cpu_to_le32(one->bytes), vwr_cpu_to_le32(one->kept),
                                         vwr_cpu_to_le32(one->is_write)};

        if (one->is_write != is_write)
            continue;
        if (!is_content)
            put(&row, sizeof(row));
        else if (one->kept != 0)
            put(one->from, one->kept);
    }
}

static void write_buffer(const struct session *s, unsigned queue, uint32_t used)
{
    struct buffer_head head = {.version = vwr_cpu_to_le16(1),
                               .device = vwr_cpu_to_le16((uint16_t)pcap.device),
                               .queue = vwr_cpu_to_le16((uint16_t)queue),
                               .used = vwr_cpu_to_le32(used),
                               .config_bytes = vwr_cpu_to_le16((uint16_t)pcap.config_bytes),
                               .segments = vwr_cpu_to_le16((uint16_t)pcap.segments)};
    struct packet_head packet;
    struct timespec now;

    head.features[0] = vwr_cpu_to_le64(follow_features(s->accepted));
    pcap.bytes = 0;
    put(&head, sizeof(head));
    put(pcap.config, pcap.config_bytes);
    for (unsigned side = 0; side < 4; side++) /* rows of both sides, then contents of both */
        put_side(side % 2u != 0, side / 2u != 0);
    clock_gettime(CLOCK_REALTIME, &now);
    packet = (struct packet_head){(uint32_t)now.tv_sec, (uint32_t)(now.tv_nsec / MICROSECOND),
                                  (uint32_t)pcap.bytes, (uint32_t)pcap.bytes};
    fwrite(&packet, sizeof(packet), 1, pcap.out);
    fwrite(pcap.packet, pcap.bytes, 1, pcap.out);
}

/* ---- rings ---- */

static void look_at(const struct session *s, struct ring *r, unsigned queue)
{
    const struct vwr_virtq_used *const used = vwr_memory_ptr(
        &s->front.vm.memory, r->at.device, vwr_split_ring_used_bytes(r->at.size) - sizeof(vwr_le16));
    uint16_t idx;

    if (used == NULL)
        return;
    idx = vwr_le16_to_cpu(vwr_ring_load16(&used->idx));
    vwr_ring_acquire();
    if (idx == r->recorded)
        return;
    if (vwr_ring_distance(idx, r->recorded) > r->at.size)
        r->recorded = idx; /* a lap was missed */
    for (; r->recorded != idx; r->recorded++) {
        const struct vwr_virtq_used_elem *const e = &used->ring[r->recorded & (r->at.size - 1u)];
        const uint32_t head = vwr_le32_to_cpu(vwr_ring_load32(&e->id));

        collect(s, r, head);
        keep(s);
        write_buffer(s, queue, vwr_le32_to_cpu(vwr_ring_load32(&e->len)));
    }
    if (fflush(pcap.out) != 0 || ferror(pcap.out) != 0) /* the process may be killed */
        *pcap.failed = true;
}

void pcap_look(struct session *s)
{
    for (unsigned i = 0; i < QUEUES && pcap.out != NULL; i++)
        if (s->ring[i].has_kick && s->ring[i].at.size != 0)
            look_at(s, &s->ring[i], i);
}
