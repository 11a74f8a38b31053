# SPDX-License-Identifier: MIT
"""The example beside a copy: of the driver side a disk that is read, of the device side a VM with devices."""

from vwr.embed.choice import PROBES

READ = """\
/* SPDX-License-Identifier: MIT */
/* Reads the first sector of the disk whose registers are at `registers`, by polling. Yours to change. */
%(include)s
static _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t shared[VWR_BLK_SHARED_BYTES(16)]; /* the device can reach it */
static _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(16)];                          /* and must not reach this */
static const struct vwr_queue_memory memory = {shared, sizeof shared, own, sizeof own, 16};
static struct vwr_mmio mmio;
static struct vwr_blk disk;

int vwr_example_read(volatile void *registers, void *buffer);
int vwr_example_read(volatile void *registers, void *buffer)
{
    int r = %(probe)s(&mmio, registers, VWR_MMIO_SIZE);

    if (r == VWR_OK)
        r = vwr_blk_open(&disk, &mmio.dev, &memory, NULL);
    return r == VWR_OK ? vwr_blk_read(&disk, 0, buffer, 1) : r;%(words)s
}
"""
HEAD = """\
/* SPDX-License-Identifier: MIT */
/*
 * A VM with %(devices)s, for your trap handler: vwr_example_start before the guest runs, vwr_example_trap
 * for each access that traps. Without locks: one CPU, or a lock of yours around all of it. Yours to change.
 */
%(include)s
#define QUEUE_SIZE 16u
#define WINDOWS 0x0a000000u /* where the guest finds its devices, one after the other */

/* Yours: the guest's interrupt controller%(hooks)s. */
void vwr_example_irq(uint32_t line, bool level);
%(prototypes)s
int vwr_example_start(%(parameters)svoid *memory, uint64_t addr, uint64_t bytes);
bool vwr_example_trap(uint64_t addr, unsigned bytes, bool is_write, uint64_t *value);

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    vwr_example_irq(line, level);
}

static const struct vwr_vm_ops vm_ops = {.irq = irq};
static struct vwr_vdev *slots[%(count)d];
static struct vwr_vm_region ram; /* what a driver of the guest may lend: all else is out of reach */
static struct vwr_vm vm = {.ops = &vm_ops, .region = &ram, .regions = 1,
                           .base = WINDOWS, .stride = VWR_MMIO_SIZE, .slots = %(count)d};
static struct vwr_vdev_setup setup = {.vm = &vm, .queue_size = QUEUE_SIZE%(legacy)s};

/* A device's queues, and the memory of which no guest knows; its interrupt is that of its slot. */
static void lend(uint32_t slot, struct vwr_vqueue *queue, uint16_t queues, struct vwr_vqueue_entry *own)
{
    setup.line = slot;
    setup.queue = queue;
    setup.queues = queues;
    setup.own = own;
    setup.own_bytes = VWR_VDEV_OWN_BYTES(queues, QUEUE_SIZE);
}
"""
CONSOLE = """
static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    (void)c;
    (void)port;
    for (uint32_t i = 0; i < n; i++)
        vwr_example_put(bytes[i]);
    return n;
}

/* What is typed goes to the guest by vwr_vconsole_input. */
static struct vwr_vconsole console;

static int add_console(uint32_t slot)
{
    static const struct vwr_vconsole_ops ops = {.output = output};
    static struct vwr_vconsole_port port = {.console = true};
    static const struct vwr_vconsole_options options = {.ops = &ops, .port = &port, .ports = 1};
    static struct vwr_vqueue queue[VWR_VCONSOLE_QUEUES(1)];
    static struct vwr_vqueue_entry own[VWR_VCONSOLE_QUEUES(1) * QUEUE_SIZE];
    int r;

    lend(slot, queue, VWR_VCONSOLE_QUEUES(1), own);
    r = vwr_vconsole_init(&console, &setup, &options);
    return r == VWR_OK ? vwr_vm_add(&vm, slot, &console.dev) : r;
}
"""
ENTROPY = """
static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    (void)e;
    return vwr_example_random(bytes, n);
}

static int add_entropy(uint32_t slot)
{
    static struct vwr_ventropy entropy;
    static struct vwr_vqueue queue[VWR_VENTROPY_QUEUES];
    static struct vwr_vqueue_entry own[VWR_VENTROPY_QUEUES * QUEUE_SIZE];
    int r;

    lend(slot, queue, VWR_VENTROPY_QUEUES, own);
    r = vwr_ventropy_init(&entropy, &setup, source, NULL);
    return r == VWR_OK ? vwr_vm_add(&vm, slot, &entropy.dev) : r;
}
"""
MEMORY = """
/* What the disk stores: memory that belongs to no guest. */
static struct vwr_vblk_backend *backend(void)
{
    static _Alignas(16) uint8_t image[64 * VWR_BLK_SECTOR_BYTES];
    static struct vwr_vblk_memory store;

    vwr_vblk_memory_init(&store, image, sizeof(image), false);
    return &store.backend;
}
"""
YOURS = """
/* r->type, r->sector and the guest's memory r->seg[0 .. r->segs): this disk stores nothing yet. */
static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    return r->type == VWR_BLK_T_IN ? VWR_EIO : VWR_EUNSUPP;
}

static struct vwr_vblk_backend *backend(void)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = submit};
    static struct vwr_vblk_backend store = {.ops = &ops, .sectors = 64, .block_size = VWR_BLK_SECTOR_BYTES};

    return &store;
}
"""
REAL = """
/*
 * The disk lies on a real one, whose registers are at `registers`. After its interrupt, and now and then:
 * vwr_dev_irq of real_mmio.dev, and vwr_vblk_disk_service.
 */
static struct vwr_mmio real_mmio;
static struct vwr_blk real;
static struct vwr_vblk_disk bridge;

int vwr_example_service(void);
int vwr_example_service(void)
{
    return vwr_vblk_disk_service(&bridge);
}

static int open_real(volatile void *registers)
{
    static _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t shared[VWR_BLK_SHARED_BYTES_FOR(16, REQUESTS, SEGMENTS)];
    static _Alignas(8) uint8_t real_own[VWR_BLK_OWN_BYTES(16, REQUESTS)];
    static const struct vwr_queue_memory memory = {shared, sizeof shared, real_own, sizeof real_own, 16};
    static const struct vwr_blk_options options = {
        .request = {.requests = REQUESTS, .segments = SEGMENTS%(replay)s}};
    static struct vwr_vblk_disk_slot bridge_slot[REQUESTS];
    static const struct vwr_vblk_disk_options bridge_options = {.slot = bridge_slot, .slots = REQUESTS};
    int r = %(probe)s(&real_mmio, registers, VWR_MMIO_SIZE);

    if (r == VWR_OK)
        r = vwr_blk_open(&real, &real_mmio.dev, &memory, &options);
    return r == VWR_OK ? vwr_vblk_disk_init(&bridge, &real, &bridge_options) : r;
}

static struct vwr_vblk_backend *backend(void)
{
    return &bridge.backend;
}
"""
DISK = """
static int add_disk(uint32_t slot)
{
    static struct vwr_vblk disk;
    static struct vwr_vblk_req req[REQUESTS];
    static struct vwr_vseg seg[REQUESTS * SEGMENTS];
    static struct vwr_vblk_options options = {
        .queues = 1, .req = req, .reqs = REQUESTS, .seg = seg, .segs = SEGMENTS};
    static struct vwr_vqueue queue[1];
    static struct vwr_vqueue_entry own[QUEUE_SIZE];
    int r;

    lend(slot, queue, 1, own);
    options.backend = backend();
    r = vwr_vblk_init(&disk, &setup, &options);
    return r == VWR_OK ? vwr_vm_add(&vm, slot, &disk.dev) : r;
}
"""
TAIL = """
/* The guest's memory: `bytes` at the guest's `addr`, at `memory` for us. */
int vwr_example_start(%(parameters)svoid *memory, uint64_t addr, uint64_t bytes)
{
    int r = VWR_OK;

    ram.addr = addr;
    ram.bytes = bytes;
    ram.host = memory;
    vm.slot = slots;
    vwr_vdev_features(&setup.features);
%(adds)s    return r;
}

/* False: an access to something else. A device that the guest has broken says why by vwr_vdev_explain. */
bool vwr_example_trap(uint64_t addr, unsigned bytes, bool is_write, uint64_t *value)
{
    return vwr_vm_access(&vm, addr, bytes, is_write, value);
}
"""
WORDS = {"blk": "a disk", "console": "a console", "entropy": "random bytes"}
HOOKS = {"blk": "", "console": "void vwr_example_put(uint8_t byte); /* that the guest has written */\n",
         "entropy": "uint32_t vwr_example_random(uint8_t *bytes, uint32_t n); /* how many there were */\n"}
SIZES = "#define REQUESTS 8u  /* of the disk at once */\n#define SEGMENTS 16u /* of a request */\n"


def _include(choice):
    if not choice.files:
        return '#include "vwr.h"\n'
    headers = [name for name in choice.headers if name != "vwr/vmmio.h"]
    return "".join(f'#include "{name}"\n' for name in sorted(headers))


def _read(choice):
    """Ten lines that read a sector."""
    words = " /* vwr_dev_explain has the words for an error */" if "texts" in choice.parts else ""
    include = '#include "vwr/blk.h"\n#include "vwr/mmio.h"\n' if choice.files else _include(choice)
    return READ % {"include": include, "probe": PROBES[choice.mmio], "words": words}


def _disk(choice):
    if choice.side == "both":
        replay = ", .replay = &vwr_blk_replay" if "recovery" in choice.parts else ""
        return REAL % {"probe": PROBES[choice.mmio], "replay": replay} + DISK
    return (MEMORY if "memory" in choice.parts else YOURS) + DISK


def _vm(choice):
    """A VM, and how it is driven."""
    both, devices = choice.side == "both", choice.devices
    adds = ["    r = open_real(registers);\n"] if both else []
    adds += [f"    if (r == VWR_OK)\n        r = add_{ {'blk': 'disk'}.get(name, name) }({slot});\n"
             for slot, name in enumerate(devices)]
    prototypes = "".join(HOOKS[name] for name in devices)
    words = {"devices": " and ".join(WORDS[name] for name in devices), "count": len(devices),
             "include": _include(choice), "hooks": ", and what devices are for" if prototypes else "",
             "prototypes": prototypes + ("\n" + SIZES if "blk" in devices else ""),
             "parameters": "volatile void *registers, " if both else "", "adds": "".join(adds),
             "legacy": ", .legacy = true" if choice.mmio == "legacy" else ""}
    bodies = {"blk": _disk(choice), "console": CONSOLE, "entropy": ENTROPY}
    return HEAD % words + "".join(bodies[name] for name in devices) + TAIL % words


def text(choice):
    """The example of a profile."""
    return _read(choice) if choice.side == "driver" else _vm(choice)
