/* SPDX-License-Identifier: MIT */
#include "guest.h"

#include "vwr/gen/mmio.h"

/* A device of this machine, on virtio-mmio or PCI. Each session probes it again and leaves it reset. */

#define ARENA_BYTES ((size_t)512 << 10)
#define PAGE ((size_t)4096)
#define STEP_US 500u

/*
 * Memory of the sessions. The link script puts it behind everything else, so that a device that writes too
 * much does not write to this program.
 */
static uint8_t arena[ARENA_BYTES] __attribute__((aligned(4096), section(".arena")));
static size_t arena_used;
static struct vwr_found *device;

uint64_t now_ms(void)
{
    return vwr_port_time_us() / 1000u;
}

uint64_t device_address(const void *at)
{
    return (uintptr_t)at;
}

static bool explained(struct session *s, bool is_good)
{
    if (!is_good)
        (void)vwr_dev_explain(s->dev, s->seen, sizeof(s->seen));
    return is_good;
}

static bool mmio_connect(struct session *s)
{
    arena_used = 0;
    s->dev = &s->mmio.dev;
    if (!explained(s, vwr_mmio_probe_modern(&s->mmio, device->mmio.base, VWR_MMIO_SIZE) == VWR_OK))
        return false;
    mmio_found(s);
    return true;
}

static bool pci_connect(struct session *s)
{
    struct vwr_pci_host *const host = device->pci.host;
    const uint32_t function = device->pci.function;

    arena_used = 0;
    s->dev = &device->dev;
    if (vwr_pci_probe_modern(&device->pci, host, function) != VWR_OK) {
        (void)vwr_pci_explain(&device->pci, s->seen, sizeof(s->seen));
        return false;
    }
    s->has_config = s->has_status = s->knows_driver = true;
    read_offered(s);
    return true;
}

/* If the reset fails, so does that of the next session, which says so. */
static void end(struct session *s)
{
    const int r = vwr_dev_reset(s->dev);

    (void)r;
}

static void *memory(struct session *s, size_t bytes)
{
    uint8_t *const at = arena + arena_used;

    (void)s;
    if (bytes > ARENA_BYTES - arena_used)
        return NULL;
    arena_used += (bytes + PAGE - 1) & ~(PAGE - 1);
    return memset(at, 0, bytes);
}

/* The library has set up the doorbell with the queue. */
static void pci_kick(struct session *s)
{
    const struct vwr_doorbell *const bell = &s->queue.doorbell;

    if (bell->kind == VWR_DOORBELL_32)
        vwr_port_write32(bell->reg, vwr_cpu_to_le32(bell->value));
    else
        vwr_port_write16(bell->reg, vwr_cpu_to_le16(bell->value));
}

static void wait(void)
{
    const uint64_t begin = vwr_port_time_us();

    while (vwr_port_time_us() - begin < STEP_US)
        vwr_port_relax();
}

static void mmio_step(struct session *s)
{
    wait();
    mmio_events(s);
}

/* Without MSI-X the ISR status has the interrupts; reading it acknowledges them. */
static void pci_step(struct session *s)
{
    wait();
    if (!s->ignores_interrupts &&
        (vwr_dev_transport(s->dev)->irq(s->dev) & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0)
        s->interrupts++;
}

static bool is_there(const struct session *s)
{
    (void)s;
    return true;
}

static const struct way mmio_way = {.connect = mmio_connect,
                                    .end = end,
                                    .memory = memory,
                                    .kick = mmio_kick,
                                    .ask = guest_ask,
                                    .step = mmio_step,
                                    .is_there = is_there,
                                    .is_mmio = true};
static const struct way pci_way = {.connect = pci_connect,
                                   .end = end,
                                   .memory = memory,
                                   .kick = pci_kick,
                                   .ask = guest_ask,
                                   .step = pci_step,
                                   .is_there = is_there};

const struct way *guest_way(struct vwr_found *f)
{
    device = f;
    return f->is_pci ? &pci_way : &mmio_way;
}
