/* SPDX-License-Identifier: MIT */
#include "box.h"

#include "vwr/access.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/pci.h"
#include "vwr/gen/status.h"
#include "vwr/vpci.h"
#include "vwr/vstate.h"

#include <stdlib.h>
#include <string.h>

/* The box as a legacy function, with the id of a transitional device: an I/O BAR, and a BAR for MSI-X. */

#define ECAM UINT64_C(0x4010000000)
#define WINDOW UINT64_C(0x10000000)
#define IO UINT64_C(0x3eff0000)
#define PAGES 16u
#define PORTS 256u
#define PORT 0x1200u
#define BAR (WINDOW + 2u * VWR_VPCI_BAR_BYTES)
#define VECTORS 5u
#define DEVICE 7u

/* Offsets of the configuration space. */
enum { COMMAND = 4, BAR_0 = 0x10, BAR_1 = 0x14, FIRST = 0x34 };
enum { IO_ON = 1, MEMORY_ON = 2, MASTER = 4, INTX_OFF = 0x400 };
#define MSIX_ON 0x8000u

static struct {
    struct vwr_vpci_host host;
    struct vwr_vpci *page[PAGES];
    struct vwr_vpci *port[PORTS];
    struct vwr_vpci f;
    struct vwr_vpci_vector vector[VECTORS];
    struct vwr_vdev_class kind;
    unsigned messages;
    uint32_t data;
} pci;

static void on_msi(struct vwr_vm *vm, uint64_t addr, uint32_t data)
{
    (void)vm;
    (void)addr;
    pci.messages++;
    pci.data = data;
}

static uint64_t get(uint64_t addr, unsigned bytes)
{
    uint64_t value = UINT64_C(0x5555555555555555);

    assert_true(vwr_vpci_access(&pci.host, addr, bytes, false, &value));
    return value;
}

static void put(uint64_t addr, unsigned bytes, uint64_t value)
{
    assert_true(vwr_vpci_access(&pci.host, addr, bytes, true, &value));
}

static uint64_t space(unsigned offset)
{
    return ECAM + DEVICE * 0x8000u + offset;
}

static uint64_t header(unsigned offset)
{
    return IO + PORT + offset;
}

static unsigned capability(unsigned id)
{
    for (unsigned at = (unsigned)get(space(FIRST), 1); at != 0; at = (unsigned)get(space(at + 1), 1))
        if (get(space(at), 1) == id)
            return at;
    return 0;
}

static void use_msix(bool on)
{
    const unsigned at = capability(0x11);

    put(space(at + 2), 2, on ? MSIX_ON : 0);
    for (unsigned i = 0; i < VECTORS && on; i++) {
        put(BAR + 3 * VWR_VPCI_BAR_BYTES / 4 + 16 * i + 8, 4, 0x100 + i);
        put(BAR + 3 * VWR_VPCI_BAR_BYTES / 4 + 16 * i + 12, 4, 0);
    }
}

static void place(void)
{
    put(space(BAR_0), 4, PORT | 1u); /* with its lowest bit, as it was read */
    put(space(BAR_1), 4, BAR);
    put(space(COMMAND), 2, IO_ON | MEMORY_ON | MASTER);
}

static void plug(struct guest *g)
{
    struct vwr_vdev_setup s;
    struct vwr_vpci_setup p = {.v = &box.dev, .vector = pci.vector, .vector_count = VECTORS};

    memset(&pci, 0, sizeof(pci));
    memset(&box, 0, sizeof(box));
    box_setup(g, &s);
    s.shm_count = 0;
    g->ops.msi = on_msi;
    assert_int_equal(box_init(&box, &s), VWR_OK);
    for (unsigned i = 0; i < BOX_CONFIG; i++)
        box.config[i] = (uint8_t)(0x10 + i);
    pci.kind = *box.dev.kind;
    pci.kind.id = VWR_ID_RNG; /* it needs one with an id */
    box.dev.kind = &pci.kind;
    assert_int_equal(vwr_vpci_init(&pci.f, &p), VWR_OK);
    pci.host = (struct vwr_vpci_host){.ecam = ECAM,
                                      .buses = 2,
                                      .window = WINDOW,
                                      .page = pci.page,
                                      .page_count = PAGES,
                                      .io = IO,
                                      .port = pci.port,
                                      .port_count = PORTS};
    assert_int_equal(vwr_vpci_add(&pci.host, &pci.host.root, DEVICE, &pci.f), VWR_OK);
    g->dev = &box.dev;
    g->queues = BOX_QUEUES;
    place();
}

static void unplug(struct guest *g)
{
    (void)g;
}

static void set_status(uint8_t status)
{
    put(header(VWR_PCI_LEGACY_HEADER_DEVICE_STATUS), 1, status);
}

static void set_queue(struct guest *g, unsigned queue)
{
    const uint32_t page = (uint32_t)(g->q[queue].desc / VWR_PCI_LEGACY_QUEUE_ALIGN);

    put(header(VWR_PCI_LEGACY_HEADER_QUEUE_SELECT), 2, queue);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_SIZE), 2), g->q[queue].size);
    put(header(VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS), 4, page);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS), 4), page);
}

/* The device chooses the size of its queues. */
static void lay_out(struct guest *g)
{
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        guest_lay_out(g, i, GUEST_QUEUE_MAX);
}

static void start(struct guest *g)
{
    lay_out(g);
    set_status(0);
    set_status(VWR_STATUS_ACKNOWLEDGE);
    set_status(VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    put(header(VWR_PCI_LEGACY_HEADER_DRIVER_FEATURES), 4, 1u << BOX_F_SWITCH);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        set_queue(g, i);
    set_status(VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_DRIVER_OK);
}

static bool ask(struct guest *g, unsigned queue)
{
    const struct guest_desc d = {GUEST_DATA, 16, VWR_VIRTQ_DESC_F_WRITE, 0};
    uint32_t id, len;

    (void)guest_chain(g, queue, &d, 1);
    put(header(VWR_PCI_LEGACY_HEADER_QUEUE_NOTIFY), 2, queue);
    return guest_used(g, queue, &id, &len) && len == 3;
}

static uint64_t isr(void)
{
    return get(header(VWR_PCI_LEGACY_HEADER_ISR_STATUS), 1);
}

static void works(struct guest *g)
{
    vwr_vpci_reset(&pci.f);
    place();
    start(g);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(ask(g, i));
    assert_int_equal(isr(), VWR_PCI_ISR_QUEUE);
    assert_int_equal(isr(), 0);
    assert_false(g->irq);
    assert_false(box.dev.broken);
}

static const struct hostile_device legacy_function = {plug, works, unplug};

static void identifies_itself(struct guest *g, long long at)
{
    unsigned seen = 0;

    (void)g;
    (void)at;
    assert_int_equal(get(space(0), 2), VWR_PCI_VENDOR_ID);
    assert_int_equal(get(space(2), 2), VWR_TRANSITIONAL_RNG);
    assert_int_equal(get(space(8), 1), VWR_PCI_REVISION_TRANSITIONAL);
    assert_int_equal(get(space(0x2e), 2), VWR_ID_RNG);
    for (unsigned c = (unsigned)get(space(FIRST), 1); c != 0; c = (unsigned)get(space(c + 1), 1)) {
        assert_true(seen++ < 2);
        assert_int_not_equal(get(space(c), 1), VWR_PCI_CAP_ID_VNDR);
    }
    assert_int_equal(get(space(capability(0x11) + 4), 1) & 7, 1); /* in BAR 1 */
    assert_int_equal(get(space(capability(0x11) + 8), 1) & 7, 1);
    assert_int_not_equal(capability(0x13), 0);
}

/* Both BARs are sized and placed; if the guest disables one, no device answers. */
static void is_placed(struct guest *g, long long at)
{
    uint8_t memory[256];
    struct vwr_vstate s = {.memory = memory, .bytes = sizeof(memory)};

    (void)g;
    (void)at;
    put(space(COMMAND), 2, UINT16_MAX);
    assert_int_equal(get(space(COMMAND), 2), IO_ON | MEMORY_ON | MASTER | INTX_OFF);
    for (unsigned i = 0; i < 6; i++)
        put(space(BAR_0 + 4 * i), 4, UINT32_MAX);
    assert_int_equal(get(space(BAR_0), 4), (uint32_t) - (int)VWR_VPCI_IO_BYTES | 1u);
    assert_int_equal(get(space(BAR_1), 4), (uint32_t) - (int)VWR_VPCI_BAR_BYTES);
    for (unsigned i = 2; i < 6; i++)
        assert_int_equal(get(space(BAR_0 + 4 * i), 4), 0);
    assert_int_equal(get(header(0), 4), UINT32_MAX);
    for (unsigned i = 0; i < PORTS; i += 51) {
        put(space(BAR_0), 4, i * VWR_VPCI_IO_BYTES);
        for (unsigned n = 0; n < PORTS; n++)
            assert_int_equal(
                get(IO + n * VWR_VPCI_IO_BYTES + VWR_PCI_LEGACY_HEADER_QUEUE_SIZE, 2) != UINT16_MAX, n == i);
    }
    place();
    put(space(COMMAND), 2, MEMORY_ON | MASTER);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_SIZE), 2), UINT16_MAX);
    place();
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_SIZE), 2), GUEST_QUEUE_MAX);
    vwr_vpci_state.save(&box.dev, &s);
    assert_true(vwr_vpci_state.load(&box.dev, memory, (uint32_t)s.done));
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_SIZE), 2), GUEST_QUEUE_MAX);
}

/*
 * The accesses that a driver may make to each register, according to the section's tables: R, R+W, widths,
 * and when.
 */
static const struct {
    uint8_t offset, bytes;
    bool is_read_only;
    uint8_t before; /* status bits that forbid a write */
} registers[] = {{VWR_PCI_LEGACY_HEADER_DEVICE_FEATURES, 4, true, 0},
                 {VWR_PCI_LEGACY_HEADER_DRIVER_FEATURES, 4, false, VWR_STATUS_DRIVER_OK | VWR_STATUS_FAILED},
                 {VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS, 4, false, VWR_STATUS_FAILED},
                 {VWR_PCI_LEGACY_HEADER_QUEUE_SIZE, 2, true, 0},
                 {VWR_PCI_LEGACY_HEADER_QUEUE_SELECT, 2, false, 0},
                 {VWR_PCI_LEGACY_HEADER_QUEUE_NOTIFY, 2, false, VWR_STATUS_FAILED},
                 {VWR_PCI_LEGACY_HEADER_DEVICE_STATUS, 1, false, 0},
                 {VWR_PCI_LEGACY_HEADER_ISR_STATUS, 1, true, 0},
                 {VWR_PCI_LEGACY_HEADER_MSIX_CONFIG_MSIX_VECTOR, 2, false, 0},
                 {VWR_PCI_LEGACY_HEADER_MSIX_QUEUE_MSIX_VECTOR, 2, false, 0}};

static bool is_allowed(unsigned offset, unsigned bytes, bool is_write)
{
    for (unsigned i = 0; i < sizeof(registers) / sizeof(registers[0]); i++)
        if (registers[i].offset == offset && registers[i].bytes == bytes)
            return !is_write || (!registers[i].is_read_only && (registers[i].before & box.dev.status) == 0);
    return false;
}

static const uint8_t statuses[] = {0, 1, 3, 7, 3 | VWR_STATUS_FAILED, 7 | VWR_STATUS_FAILED};

/* Each width at each offset in each state, with MSI-X: forbidden accesses are counted, and change nothing.
 */
static void follows_the_table(struct guest *g, long long at)
{
    start(g);
    use_msix(true);
    if ((statuses[at] & VWR_STATUS_DRIVER_OK) == 0)
        set_status(0);
    set_status(statuses[at]);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_DEVICE_STATUS), 1), statuses[at]);
    for (unsigned offset = 0; offset < VWR_PCI_LEGACY_CONFIG_MSIX; offset++) {
        for (unsigned bytes = 1; bytes <= 8; bytes *= 2) {
            const vwr_count before = box.dev.stats.ignored;
            const uint64_t value = get(header(offset), bytes);
            struct vwr_vdev dev;

            assert_int_equal(box.dev.stats.ignored - before, !is_allowed(offset, bytes, false));
            if (box.dev.stats.ignored != before)
                assert_int_equal(value, 0);
            if (is_allowed(offset, bytes, true))
                continue;
            dev = box.dev;
            put(header(offset), bytes, UINT64_MAX);
            assert_int_equal(box.dev.stats.ignored, dev.stats.ignored + 1);
            dev.stats = box.dev.stats;
            dev.work = box.dev.work;
            dev.tolerated = box.dev.tolerated;
            assert_memory_equal(&dev, &box.dev, sizeof(dev));
        }
    }
    use_msix(false);
}

/* A queue is in use while its address is not 0, and cannot move meanwhile. */
static void places_its_queues(struct guest *g, long long at)
{
    (void)at;
    lay_out(g);
    set_status(VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        set_queue(g, i);
    put(header(VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS), 4, 1);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS), 4),
                     g->q[BOX_QUEUES - 1].desc / VWR_PCI_LEGACY_QUEUE_ALIGN);
    put(header(VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS), 4, 0);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS), 4), 0);
    assert_false(g->queue[BOX_QUEUES - 1].ready);
    put(header(VWR_PCI_LEGACY_HEADER_QUEUE_SELECT), 2, BOX_QUEUES);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_SELECT), 2), BOX_QUEUES);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_SIZE), 2), 0);
    put(header(VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS), 4, GUEST_LOW / VWR_PCI_LEGACY_QUEUE_ALIGN);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS), 4), 0);
    put(header(VWR_PCI_LEGACY_HEADER_QUEUE_SELECT), 2, 0);
    put(header(VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS), 4, 0);
    put(header(VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS), 4, UINT32_MAX); /* not in memory */
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS), 4), 0);
    assert_true(box.dev.broken);
}

/* A legacy driver may use its queues before DRIVER_OK. Bus Master is cleared and set again meanwhile. */
static void works_before_driver_ok(struct guest *g, long long at)
{
    (void)at;
    lay_out(g);
    set_status(VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    set_queue(g, 0);
    assert_true(ask(g, 0));
    put(space(COMMAND), 2, IO_ON | MEMORY_ON);
    assert_false(ask(g, 0));
    put(space(COMMAND), 2, IO_ON | MEMORY_ON | MASTER);
    for (unsigned i = 0; i < 2; i++)
        assert_true(ask(g, 0));
}

/* A notification, features and a queue before DRIVER, and a start without a reset. */
static void is_early(struct guest *g, long long at)
{
    uint32_t id, len;

    (void)at;
    lay_out(g);
    set_status(0);
    put(header(VWR_PCI_LEGACY_HEADER_DRIVER_FEATURES), 4, 1u << BOX_F_SWITCH);
    set_queue(g, 0);
    assert_false(ask(g, 0));
    assert_int_equal(vwr_tolerated_count(&box.dev.tolerated, VWR_TOLERATED_EARLY_NOTIFICATION), 1);
    set_status(VWR_STATUS_ACKNOWLEDGE);
    assert_false(guest_used(g, 0, &id, &len));
    set_status(VWR_STATUS_DRIVER);
    assert_true(guest_used(g, 0, &id, &len));
    set_status(VWR_STATUS_DRIVER_OK);
    assert_true(ask(g, 0));
    box.dev.as_qemu = true;
    set_status(VWR_STATUS_ACKNOWLEDGE);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_DEVICE_STATUS), 1), VWR_STATUS_ACKNOWLEDGE);
    assert_int_equal(vwr_tolerated_count(&box.dev.tolerated, VWR_TOLERATED_NO_RESET), 1);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS), 4), 0);
    box.dev.as_qemu = false;
}

/* Only bits 0 to 31 are offered; any width reads the configuration, which moves while MSI-X is enabled. */
static void has_a_configuration(struct guest *g, long long at)
{
    (void)at;
    start(g);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_DEVICE_FEATURES), 4), box.dev.offered.w[0]);
    assert_int_equal(box.dev.offered.w[1], 0);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_DRIVER_FEATURES), 4), 1u << BOX_F_SWITCH);
    for (unsigned pass = 0; pass < 3; pass++) {
        const unsigned from = pass == 1 ? VWR_PCI_LEGACY_CONFIG_MSIX : VWR_PCI_LEGACY_CONFIG;

        use_msix(pass == 1);
        for (unsigned bytes = 1; bytes <= 4; bytes *= 2)
            for (unsigned i = 0; i < BOX_CONFIG; i += bytes) {
                uint32_t want = 0;

                memcpy(&want, box.config + i, bytes);
                assert_int_equal(get(header(from + i), bytes), vwr_le32_to_cpu(want));
            }
        put(header(from + BOX_TOGGLE), 1, 0x70 + pass);
        assert_int_equal(box.config[BOX_TOGGLE], 0x70 + pass);
        put(header(from + BOX_FIXED), 4, 0);
        assert_int_equal(box.config[BOX_FIXED], 0x10);
        assert_int_equal(get(header(from + BOX_CONFIG), 4), 0);
        assert_int_equal(get(header(VWR_VPCI_IO_BYTES - 4), 4), 0);
    }
}

/* Each queue has the message of its vector; INTx and the ISR status are without MSI-X. */
static void sends_messages(struct guest *g, long long at)
{
    (void)at;
    use_msix(true);
    start(g);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_MSIX_CONFIG_MSIX_VECTOR), 2), VWR_PCI_MSI_NO_VECTOR);
    put(header(VWR_PCI_LEGACY_HEADER_MSIX_CONFIG_MSIX_VECTOR), 2, 4);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_MSIX_CONFIG_MSIX_VECTOR), 2), 4);
    for (unsigned i = 0; i < BOX_QUEUES; i++) {
        put(header(VWR_PCI_LEGACY_HEADER_QUEUE_SELECT), 2, i);
        put(header(VWR_PCI_LEGACY_HEADER_MSIX_QUEUE_MSIX_VECTOR), 2, VECTORS);
        assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_MSIX_QUEUE_MSIX_VECTOR), 2), VWR_PCI_MSI_NO_VECTOR);
        put(header(VWR_PCI_LEGACY_HEADER_MSIX_QUEUE_MSIX_VECTOR), 2, i + 1);
        assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_MSIX_QUEUE_MSIX_VECTOR), 2), i + 1);
        assert_true(ask(g, i));
        assert_int_equal(pci.messages, i + 1);
        assert_int_equal(pci.data, 0x101 + i);
    }
    assert_int_equal(isr(), 0);
    assert_false(g->irq);
    vwr_vdev_lock(&box.dev);
    vwr_vdev_config_changed(&box.dev);
    vwr_vdev_unlock(&box.dev);
    assert_int_equal(pci.data, 0x104);
    assert_int_equal(isr(), VWR_PCI_ISR_CONFIG);
    use_msix(false);
    assert_true(ask(g, 0));
    assert_int_equal(pci.messages, BOX_QUEUES + 1);
    assert_true(g->irq);
}

/* The memory BAR contains only the vectors; there is no window, and the other interface has no I/O BAR. */
static void has_one_interface(struct guest *g, long long at)
{
    start(g);
    for (unsigned part = 0; part < 3; part++)
        for (unsigned i = 0; i < 64; i++) {
            const vwr_count before = box.dev.stats.ignored;

            put(BAR + part * VWR_VPCI_BAR_BYTES / 4 + i, 1u << i % 3, (unsigned)at);
            assert_int_equal(get(BAR + part * VWR_VPCI_BAR_BYTES / 4 + i, 1u << i % 3), 0);
            assert_int_equal(box.dev.stats.ignored, before + 2);
        }
    for (unsigned i = 0x40; i < 0x100; i += 4) { /* where a modern function has PCI_CFG, too */
        if (i >= capability(0x13) && i < capability(0x13) + 8)
            continue;
        put(space(i), 4, UINT32_MAX);
        if (i != capability(0x11))
            assert_true(get(space(i), 4) != UINT32_MAX);
    }
    assert_int_equal(box.dev.status, 7);
    use_msix(false);
    box.dev.legacy = false;
    (void)get(header(VWR_PCI_LEGACY_HEADER_QUEUE_SIZE), 2);
    box.dev.legacy = true;
}

static void is_scribbled(struct guest *g, long long at)
{
    uint64_t state = UINT64_C(0x9e3779b97f4a7c15);

    (void)at;
    start(g);
    for (unsigned i = 0; i < 50000; i++) {
        uint64_t r;

        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        r = state >> 16;
        if (r % 4 == 0)
            put(space((unsigned)(r >> 3) % 256), 1u << (r >> 12) % 4, r >> 20);
        else if (r % 4 == 1)
            put(IO + (r >> 3) % (PORTS * VWR_VPCI_IO_BYTES), 1u << (r >> 30) % 4, r >> 32);
        else
            put(header((unsigned)(r >> 3) % 64), 1u << (r >> 30) % 4, (r & 4) != 0 ? r >> 60 : r >> 32);
        if (i % 64 == 0) {
            (void)get(header((unsigned)(r >> 3) % 64), 1u << (r >> 30) % 4);
            place();
        }
    }
    for (unsigned i = 0; i < PORTS; i++)
        assert_true(pci.port[i] == NULL || pci.port[i] == &pci.f);
}

static void refuses_a_setup(struct guest *g, long long at)
{
    struct vwr_vpci other;
    const struct vwr_vpci_setup s = {.v = &box.dev};

    (void)g;
    (void)at;
    box.dev.config_bytes = VWR_VPCI_IO_BYTES - VWR_PCI_LEGACY_CONFIG_MSIX + 1;
    assert_int_equal(vwr_vpci_init(&other, &s), VWR_EINVAL);
    box.dev.config_bytes = BOX_CONFIG;
    pci.kind.id = VWR_ID_INPUT;
    assert_int_equal(vwr_vpci_init(&other, &s), VWR_EINVAL);
    pci.kind.id = VWR_ID_NET;
    assert_int_equal(vwr_vpci_init(&other, &s), VWR_OK); /* without MSI-X there is only the I/O BAR */
    pci.host.root.device[DEVICE] = NULL;
    assert_int_equal(vwr_vpci_add(&pci.host, &pci.host.root, DEVICE, &other), VWR_OK);
    put(space(BAR_1), 4, UINT32_MAX);
    assert_int_equal(get(space(BAR_1), 4), 0);
    put(space(COMMAND), 2, UINT16_MAX);
    assert_int_equal(get(space(COMMAND), 2), IO_ON | MASTER | INTX_OFF);
    assert_int_equal(get(space(2), 2), VWR_TRANSITIONAL_NET);
    vwr_vpci_reset(&other);
    pci.kind.id = VWR_ID_RNG;
    box.dev.bus = &pci.f.bus;
    pci.host.root.device[DEVICE] = &pci.f.head;
}

#define LAYOUT "section Legacy Interfaces: A Note on PCI Device Layout"

/* A nonexistent queue reads as absent, and writes to it are ignored. */
static void has_no_other_queue(struct guest *g, long long queue)
{
    const unsigned ignored = box_ignored();

    (void)g;
    use_msix(true);
    put(header(VWR_PCI_LEGACY_HEADER_QUEUE_SELECT), 2, (uint64_t)queue);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS), 4), 0);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_SIZE), 2), 0);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_MSIX_QUEUE_MSIX_VECTOR), 2), VWR_PCI_MSI_NO_VECTOR);
    put(header(VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS), 4, 0x123);
    put(header(VWR_PCI_LEGACY_HEADER_MSIX_QUEUE_MSIX_VECTOR), 2, 1);
    assert_int_equal(box_ignored(), ignored + 2);
}

/* A bridge forwards no I/O, so functions behind it are not accessible. */
static void is_not_behind_a_bridge(struct guest *g, long long at)
{
    static struct vwr_vpci_bridge bridge;
    uint64_t command = IO_ON | MEMORY_ON | MASTER, port = PORT;

    (void)g;
    (void)at;
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_SELECT), 2), 0);
    vwr_vpci_remove(&pci.f);
    assert_int_equal(vwr_vpci_add_bridge(&pci.host, &pci.host.root, 1, &bridge), VWR_OK);
    assert_int_equal(vwr_vpci_add(&pci.host, &bridge.behind, 0, &pci.f), VWR_OK);
    vwr_vpci_space_access(&pci.f, BAR_0, 4, true, &port);
    vwr_vpci_space_access(&pci.f, COMMAND, 2, true, &command);
    assert_int_equal(get(header(VWR_PCI_LEGACY_HEADER_QUEUE_SELECT), 2), 0xffff);
    vwr_vpci_remove(&pci.f);
    pci.host.root.device[1] = NULL;
    assert_int_equal(vwr_vpci_add(&pci.host, &pci.host.root, DEVICE, &pci.f), VWR_OK);
    place();
}

static const struct hostile_case cases[] = {
    {"identifies_itself",
     "section Legacy Interfaces: A Note on PCI Device Discovery",
     identifies_itself,
     HOSTILE_LEGACY,
     0,
     {0}},
    {"is_placed", LAYOUT, is_placed, HOSTILE_LEGACY, 0, {0}},
    {"follows_the_table", LAYOUT, follows_the_table, HOSTILE_LEGACY, 6, {0, 1, 2, 3, 4, 5}},
    {"places_its_queues", LAYOUT, places_its_queues, HOSTILE_LEGACY, 0, {0}},
    {"has_a_configuration", LAYOUT, has_a_configuration, HOSTILE_LEGACY, 0, {0}},
    {"sends_messages", LAYOUT, sends_messages, HOSTILE_LEGACY, 0, {0}},
    {"has_no_other_queue", LAYOUT, has_no_other_queue, HOSTILE_LEGACY, 2, {BOX_QUEUES, 0xffff}},
    {"is_not_behind_a_bridge", "header vwr/vpci.h", is_not_behind_a_bridge, HOSTILE_LEGACY, 0, {0}},
    {"has_one_interface", "header vwr/vpci.h", has_one_interface, HOSTILE_LEGACY, 3, {0, 1, 2}},
    {"works_before_driver_ok",
     "section Legacy Interface: Device Initialization",
     works_before_driver_ok,
     HOSTILE_LEGACY,
     0,
     {0}},
    {"is_early", "init.drv.15; init.drv.2", is_early, HOSTILE_LEGACY, 0, {0}},
    {"is_scribbled", "header vwr/vpci.h", is_scribbled, HOSTILE_LEGACY, 0, {0}},
    {"refuses_a_setup", "header vwr/vpci.h", refuses_a_setup, HOSTILE_LEGACY, 0, {0}},
};

int main(void)
{
    return hostile_run("legacy_pci", &legacy_function, cases, sizeof(cases) / sizeof(cases[0]));
}
