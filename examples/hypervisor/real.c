/* SPDX-License-Identifier: MIT */
#include "vwr/mmio.h"

#include "hyp.h"

/*
 * The real devices in QEMU's virtio-mmio slots, of any type. The file that drives a device gets it from
 * here, and is called for its interrupts. All of these interrupts are taken on the first CPU, even if another
 * CPU
 * waits for them.
 */
#define SLOTS 32u
#define SOON_US 1000u

static struct real {
    struct vwr_mmio mmio;
    unsigned line;
    real_hook *interrupt; /* NULL: not taken */
} real[SLOTS];
static unsigned reals;
static struct real *of_slot[SLOTS];
static unsigned lose; /* interrupts */
static uint64_t due;  /* counter value of the next real_tick of all of them */

static struct real *real_of(const struct vwr_dev *d)
{
    return (struct real *)(uintptr_t)d; /* the first member */
}

void real_probe(void)
{
    static const struct vwr_mmio_window window = {(volatile void *)BOARD_SLOTS, VWR_MMIO_SIZE, SLOTS};
    struct vwr_mmio_scan scan = {.windows = &window, .count = 1};
    int r;

    for (reals = 0; reals < SLOTS && (r = vwr_mmio_scan_next(&scan, &real[reals].mmio)) != 0;) {
        const unsigned slot = (unsigned)(((uintptr_t)real[reals].mmio.base - BOARD_SLOTS) / VWR_MMIO_SIZE);

        if (r != 1)
            continue;
        real[reals].line = INTID_SLOTS + slot;
        of_slot[slot] = &real[reals++];
    }
}

struct vwr_dev *real_take(uint32_t type, real_hook *interrupt)
{
    for (unsigned i = 0; i < reals; i++)
        if (real[i].mmio.dev.type == type && real[i].interrupt == NULL) {
            real[i].interrupt = interrupt;
            return &real[i].mmio.dev;
        }
    return NULL;
}

unsigned real_line(const struct vwr_dev *d)
{
    return real_of(d)->line;
}

void real_enable(const struct vwr_dev *d)
{
    gic_enable(real_line(d));
}

void real_interrupt(unsigned intid)
{
    struct real *const r = intid - INTID_SLOTS < SLOTS ? of_slot[intid - INTID_SLOTS] : NULL;

    uint32_t reasons;

    if (r == NULL || r->interrupt == NULL)
        return;
    reasons = vwr_dev_irq(&r->mmio.dev); /* acknowledged first: later events interrupt again */
    if (lose == 0)
        r->interrupt(reasons);
    else
        lose--;
}

void real_lose(unsigned count)
{
    lose = count;
}

void real_soon(void)
{
    due = timer_after(SOON_US);
}

void real_tick(void)
{
    const uint64_t now = READ_SYS(cntpct_el0);

    disk_service();
    if (now < due)
        return;
    due = now + READ_SYS(cntfrq_el0);
    net_tick();
    screen_service();
    input_service();
}
