/* SPDX-License-Identifier: MIT */
#include "agree.h"
#include "vwr/acpi.h"
#include "input.h"

#include <stdlib.h>
#include <string.h>

/*
 * Descriptions of a machine: a device tree, given as bytes or built in a few steps so that short inputs get
 * far, for which our reader and libfdt must agree; and ACPI tables, given as bytes of memory with corrected
 * checksums.
 */

enum { FUZZ_BYTES, FUZZ_STEPS, FUZZ_TABLES, FUZZ_KINDS };

#define CELLS 2048u
#define STRINGS 512u

static const char *const names[] = {
    "reg",
    "ranges",
    "#address-cells",
    "#size-cells",
    "interrupts",
    "interrupts-extended",
    "interrupt-parent",
    "#interrupt-cells",
    "interrupt-map",
    "interrupt-map-mask",
    "msi-map",
    "msi-map-mask",
    "msi-parent",
    "phandle",
    "bus-range",
    "dma-coherent",
    "status",
    "compatible",
    "bootargs",
    "interrupt-controller",
    "dma-noncoherent",
    "dma-ranges",
};
#define NAMES (sizeof(names) / sizeof(names[0]))
static const char *const texts[] = {"virtio,mmio", "pci-host-ecam-generic", "okay", "disabled",
                                    "ok",          "a\0virtio,mmio"};
static const size_t text_bytes[] = {12, 22, 5, 9, 3, 14};
static const uint32_t odd[] = {0xffffffff, 0x80000000, 0x02000000, 0x03000000, 0x01000000, 0x10000000,
                               0x0a000000, 0x800,      0x1800,     0x00100000, 0x7fffffff, 0x100,
                               0xff00,     0xf8000000, 0x40,       0x10000};

struct steps {
    uint32_t cell[CELLS];
    unsigned used;
};

static uint32_t big(uint32_t v)
{
    return vwr_cpu_to_be32(v);
}

static void put(struct steps *s, uint32_t v)
{
    if (s->used < CELLS)
        s->cell[s->used++] = big(v);
}

static void put_text(struct steps *s, const char *text, size_t bytes)
{
    uint32_t v = 0;

    for (size_t i = 0; i < (bytes + 3) / 4; i++) {
        v = 0;
        for (size_t k = 0; k < 4; k++)
            v = v << 8 | (4 * i + k < bytes ? (uint8_t)text[4 * i + k] : 0);
        put(s, v);
    }
}

static uint32_t value(struct input *in)
{
    const uint8_t v = input_u8(in);

    return v < 0xe0   ? v
           : v < 0xf0 ? odd[v & 15]
                      : (uint32_t)input_u8(in) << 24 | (uint32_t)input_u8(in) << 12;
}

static void step_property(struct steps *s, struct input *in, uint32_t offset, unsigned cells)
{
    put(s, 3);
    put(s, 4 * cells - (cells > 0 && (cells & 8) != 0 && input_u8(in) % 8 == 0 ? 1 : 0));
    put(s, offset);
    for (unsigned i = 0; i < cells; i++)
        put(s, value(in));
}

static void step_text(struct steps *s, struct input *in, uint32_t offset)
{
    const uint8_t which = input_u8(in);
    const size_t bytes = text_bytes[which % 6] - (which >= 0xf0 ? 1 : 0);

    put(s, 3);
    put(s, (uint32_t)bytes);
    put(s, offset);
    put_text(s, texts[which % 6], bytes);
}

/* A node at the start of the tree, so that it has at least one. */
static unsigned make(struct steps *s, struct input *in, const uint32_t *offset)
{
    unsigned depth = 1;

    put(s, 1);
    put(s, 0);
    while (in->left > 0 && s->used < CELLS - 64) {
        const uint8_t step = input_u8(in);

        switch (step & 7) {
        case 0:
            put(s, 1);
            put_text(s, (step & 0x80) != 0 ? "chosen" : "n", (step & 0x80) != 0 ? 7 : 2);
            depth++;
            break;
        case 1:
            put(s, depth > 1 ? 2 : 4);
            depth -= depth > 1;
            break;
        case 2:
            step_text(s, in, offset[17 - (step >> 7)]);
            break;
        default:
            step_property(s, in, offset[(step >> 3) % NAMES], input_u8(in) % 24);
            break;
        }
    }
    while (depth-- > 0)
        put(s, 2);
    put(s, 9);
    return s->used;
}

static void fuzz_steps(struct input *in)
{
    static struct steps s;
    static uint32_t blob[10 + 4 + CELLS + STRINGS / 4];
    uint32_t offset[NAMES];
    uint32_t strings = 0;
    char *at;
    unsigned cells;
    uint32_t *exact;

    s.used = 0;
    for (unsigned i = 0; i < NAMES; i++) {
        offset[i] = strings;
        strings += (uint32_t)strlen(names[i]) + 1;
    }
    cells = make(&s, in, offset);
    blob[0] = big(0xd00dfeed);
    blob[1] = big(56 + 4 * cells + strings);
    blob[2] = big(56);
    blob[3] = big(56 + 4 * cells);
    blob[4] = big(40);
    blob[5] = big(17);
    blob[6] = big(16);
    blob[7] = 0;
    blob[8] = big(strings);
    blob[9] = big(4 * cells);
    memset(blob + 10, 0, 16);
    memcpy(blob + 14, s.cell, 4 * cells);
    at = (char *)(blob + 14 + cells);
    for (unsigned i = 0; i < NAMES; i++)
        memcpy(at + offset[i], names[i], strlen(names[i]) + 1);
    exact = malloc(56 + 4 * cells + strings); /* an access beyond it is then an error */
    if (exact == NULL)
        abort();
    memcpy(exact, blob, 56 + 4 * cells + strings);
    (void)agree(exact, 56 + 4 * cells + strings, NULL); /* false: nodes nested too deeply */
    free(exact);
}

/* Physical addresses of a memory that starts at 0x1000. */
#define MEMORY 0x1000u
struct memory {
    uint8_t *at;
    size_t bytes;
};

static const void *map(void *context, uint64_t at, size_t bytes)
{
    const struct memory *const m = context;

    return at >= MEMORY && at - MEMORY <= m->bytes && bytes <= m->bytes - (at - MEMORY)
               ? m->at + (at - MEMORY)
               : NULL;
}

static void right(uint8_t *at, size_t bytes, size_t sum)
{
    uint8_t all = 0;

    for (size_t i = 0; i < bytes; i++)
        all = (uint8_t)(all + at[i]);
    at[sum] = (uint8_t)(at[sum] - all);
}

/* A table starts at each multiple of 128 bytes; its checksum is correct if its length is plausible. */
static void fuzz_tables(const uint8_t *data, size_t bytes)
{
    struct memory m = {malloc(bytes + (bytes == 0)), bytes};
    struct vwr_acpi_segment segment;
    struct vwr_acpi_apic apic;
    struct vwr_acpi acpi;
    uint32_t at = 0, length;

    if (m.at == NULL)
        abort();
    memcpy(m.at, data, bytes);
    for (size_t i = 128; i + 36 <= bytes; i += 128) {
        length = m.at[i + 4] | (uint32_t)m.at[i + 5] << 8;
        if (length >= 36 && length <= bytes - i)
            right(m.at + i, length, i == 0 ? 8 : 9);
    }
    if (bytes >= 36) {
        right(m.at, 20, 8);
        right(m.at, 36, 32);
    }
    (void)vwr_acpi_search(m.at, bytes);
    if (bytes >= 36 && vwr_acpi_open(&acpi, m.at, map, &m) == VWR_OK) {
        const uint8_t *const p = vwr_acpi_table(&acpi, "APIC", &length);

        if (p != NULL && map(&m, MEMORY + (uint64_t)(p - m.at), length) != p)
            abort();
        for (unsigned i = 0; vwr_acpi_segment(&acpi, i, &segment) == VWR_OK; i++)
            if (i > 256)
                abort();
        for (unsigned i = 0; vwr_acpi_next_apic(&acpi, &at, &apic) == 1; i++)
            if (i > 4096 || apic.kind > VWR_ACPI_OVERRIDE)
                abort();
    }
    free(m.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct input in = {data, bytes};

    if (bytes == 0)
        return 0;
    switch (input_u8(&in) % FUZZ_KINDS) {
    case FUZZ_BYTES: {
        void *const blob = malloc(in.left + (in.left == 0));

        if (blob == NULL)
            abort();
        memcpy(blob, in.at, in.left);
        (void)agree(blob, in.left, NULL);
        free(blob);
        break;
    }
    case FUZZ_STEPS:
        fuzz_steps(&in);
        break;
    default:
        fuzz_tables(in.at, in.left);
        break;
    }
    return 0;
}
