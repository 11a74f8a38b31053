/* SPDX-License-Identifier: MIT */
#include "describe.h"
#include "uart.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"

#define FEATURE_BITS (32u * VWR_FEATURE_WORDS)
#define WORDS_BYTES 240u

static void put_address(const struct vwr_mmio *m)
{
    put_hex((uintptr_t)m->base, 8);
}

static const char *version_words(uint32_t version)
{
    if (version == VWR_MMIO_VERSION_MODERN)
        return "modern";
    return version == VWR_MMIO_VERSION_LEGACY ? "legacy" : "unknown";
}

void describe_slot(const struct vwr_mmio *m)
{
    const char *name = vwr_name(vwr_id_names, m->dev.type);

    put_address(m);
    put_char(' ');
    if (name != NULL) {
        put(name);
    } else {
        put("device of unknown type ");
        put_dec(m->dev.type);
    }
    put(", ");
    put(version_words(m->dev.version));
    put(" (version ");
    put_dec(m->dev.version);
    put("), vendor 0x");
    put_hex(m->dev.vendor, 8);
    put_char('\n');
}

/* Bits without a disk-specific name are common to all devices. */
static void put_features(const char *heading, const struct vwr_features *f)
{
    unsigned count = 0;

    put(heading);
    for (unsigned bit = 0; bit < FEATURE_BITS; bit++) {
        const char *name = vwr_name(vwr_blk_feature_names, bit);

        if (!vwr_features_have(f, bit))
            continue;
        if (name == NULL)
            name = vwr_name(vwr_feature_names, bit);
        put_char(' ');
        if (name != NULL) {
            put(name);
        } else {
            put("bit-");
            put_dec(bit);
        }
        count++;
    }
    put(count == 0 ? " none\n" : "\n");
}

static void put_number(const char *before, uint64_t v, const char *after)
{
    put(before);
    put_dec(v);
    put(after);
}

static void put_limit(const char *before, uint64_t v, const char *after)
{
    if (v != 0)
        put_number(before, v, after);
}

static void put_shape(const struct vwr_blk *b)
{
    const struct vwr_config *const c = &b->bringup.dev->config;

    if (vwr_blk_config_get_geometry_cylinders(c) != 0) {
        put_number("  geometry  ", vwr_blk_config_get_geometry_cylinders(c), " cylinders, ");
        put_number("", vwr_blk_config_get_geometry_heads(c), " heads, ");
        put_number("", vwr_blk_config_get_geometry_sectors(c), " sectors per track\n");
    }
    put_number("  topology  a physical block has 2^", vwr_blk_config_get_topology_physical_block_exp(c),
               " blocks");
    put_limit(", offset ", vwr_blk_config_get_topology_alignment_offset(c), "");
    put_limit(", minimum I/O size ", vwr_blk_config_get_topology_min_io_size(c), " blocks");
    put_limit(", optimal I/O size ", vwr_blk_config_get_topology_opt_io_size(c), " blocks");
    put("\n");
}

void describe_disk(const struct vwr_mmio *m, const struct vwr_blk *b)
{
    const struct vwr_blk_info *i = &b->info;
    const uint16_t queues = vwr_blk_config_get_num_queues(&b->bringup.dev->config);

    put_features("  offered  ", &m->dev.offered);
    put_features("  accepted ", &m->dev.config.features);
    put_number("  capacity  ", i->sectors, " sectors of 512 bytes, ");
    put_number("", i->sectors / 2048u, " MiB\n");
    put_number("  block     ", i->block_bytes, " bytes; ");
    put(i->read_only ? "read-only; " : "writable; ");
    put(i->write_cache ? "write cache\n" : "no write cache\n");
    put_number("  queue     ", vwr_queue_size(&b->first.requests.queue), " descriptors of at most ");
    put_number("", vwr_mmio_get_queue_size_max(m->base, VWR_BLK_QUEUE_REQUESTQ), "; ");
    put_number("queues ", queues == 0 ? 1u : queues, "\n");
    put("  limits   ");
    put_limit(" segments per request ", i->segments_max, ";");
    put_limit(" bytes per segment ", i->segment_bytes_max, ";");
    put(i->segments_max == 0 && i->segment_bytes_max == 0 ? " none\n" : "\n");
    put_shape(b);
}

static void put_error(const char *doing, int result)
{
    put("  ERROR ");
    put(doing);
    put(": ");
    put(vwr_strerror(result));
    put_char('\n');
}

/* The last recorded fault may belong to another error, because not every result has a fault. */
static bool has_reason(const struct vwr_dev *d, int result)
{
    return d->fault.kind != VWR_FAULT_NONE && VWR_FAULT_RESULT(d->fault.kind) == result;
}

static void put_reason(const char *words)
{
    put("  because ");
    put(words);
    put_char('\n');
}

void describe_disk_error(const struct vwr_blk *b, const char *doing, int result)
{
    char words[WORDS_BYTES];

    put_error(doing, result);
    if (!has_reason(b->bringup.dev, result))
        return;
    (void)vwr_blk_explain(b, words, sizeof(words));
    put_reason(words);
}
