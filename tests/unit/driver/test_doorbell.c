/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"

#include <string.h>

#include "vwr/gen/features.h"
#include "vwr/gen/pci.h"
#include "vwr/queue.h"

/* Each kind of doorbell: a kick makes exactly one access, with the right width and value. */

#define SIZE 8u
#define INDEX 5u

struct access {
    uintptr_t at;
    unsigned bytes; /* 0: an I/O port */
    uint32_t value;
};

static struct access seen[4];
static unsigned seen_count;
static _Alignas(4096) uint8_t shared[VWR_QUEUE_SHARED_BYTES(SIZE)];
static _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(SIZE)];
static uint8_t reg[8];

static void note(uintptr_t at, unsigned bytes, uint32_t value)
{
    assert_true(seen_count < 4);
    seen[seen_count++] = (struct access){at, bytes, value};
}

void vwr_host_write(volatile void *p, unsigned bytes, uint32_t value)
{
    note((uintptr_t)p, bytes, vwr_le32_to_cpu(value) >> (VWR_BIG_ENDIAN ? 32 - 8 * bytes : 0));
}

uint32_t vwr_host_read(const volatile void *p, unsigned bytes)
{
    (void)p;
    (void)bytes;
    fail_msg("a register was read");
    return 0;
}

uint64_t vwr_host_time_us(void)
{
    return 0;
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

void fake_out16(uint16_t port, uint16_t value)
{
    note(port, 0, value);
}

static void begin(struct vwr_queue *q, bool packed, enum vwr_doorbell_kind kind)
{
    const struct vwr_queue_memory m = {shared, sizeof(shared), own, sizeof(own), SIZE};
    struct vwr_features f;

    memset(&f, 0, sizeof(f));
    if (packed)
        f.w[VWR_F_RING_PACKED / 32] |= 1u << VWR_F_RING_PACKED % 32;
    vwr_queue_prepare_(q, &m, m.shared_bytes, SIZE, &f, false);
    q->doorbell.reg = kind == VWR_DOORBELL_PORT_16 ? (volatile void *)(uintptr_t)0xc050 : reg;
    q->doorbell.value = INDEX;
    q->doorbell.kind = (int8_t)kind;
    seen_count = 0;
}

static void is_rung(bool packed, enum vwr_doorbell_kind kind, const struct access *expected)
{
    const struct vwr_seg seg[3] = {{0x1000, 16}, {0x2000, 16}, {0x3000, 1}};
    struct vwr_chain chain[2];
    struct vwr_queue q;

    memset(chain, 0, sizeof(chain));
    begin(&q, packed, kind);
    assert_int_equal(vwr_queue_add(&q, seg, 1, 2, &chain[0]), VWR_OK);
    assert_int_equal(vwr_queue_add(&q, seg, 1, 0, &chain[1]), VWR_OK);
    assert_int_equal(seen_count, 0);
    assert_true(vwr_queue_kick(&q));
    assert_int_equal(seen_count, 1);
    assert_true(seen[0].at == expected->at);
    assert_int_equal(seen[0].bytes, expected->bytes);
    assert_int_equal(seen[0].value, expected->value);
    assert_false(vwr_queue_kick(&q)); /* nothing is new */
    assert_int_equal(seen_count, 1);
}

static void each_kind_of_doorbell(void **state)
{
    const uintptr_t at = (uintptr_t)reg;
    const uint32_t wrap = (uint32_t)1 << VWR_PCI_NOTIFICATION_DATA_VALUE_NEXT_WRAP_SHIFT;

    (void)state;
    for (int packed = 0; packed < 2; packed++) {
        /* two buffers of a split ring; four descriptors of a packed ring in its first wrap */
        const uint32_t next = (packed ? 4u : 2u) << VWR_PCI_NOTIFICATION_DATA_VALUE_NEXT_OFF_SHIFT;

        is_rung(packed, VWR_DOORBELL_32, &(struct access){at, 4, INDEX});
        is_rung(packed, VWR_DOORBELL_32_DATA, &(struct access){at, 4, INDEX | next | (packed ? wrap : 0)});
        is_rung(packed, VWR_DOORBELL_16, &(struct access){at, 2, INDEX});
        is_rung(packed, VWR_DOORBELL_PORT_16, &(struct access){0xc050, 0, INDEX});
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_kind_of_doorbell)};

    return cmocka_run_group_tests_name("doorbell", tests, NULL, NULL);
}
