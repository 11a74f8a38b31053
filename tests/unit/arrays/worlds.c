/* SPDX-License-Identifier: MIT */
#include "worlds.h"
#include "vwr/gen/mmio.h"

#include <string.h>

/* A correct instance of each setup structure, with arrays of a few entries. */

#define QUEUES 8u
#define SIZE 4u
#define FEW 4u

/* ---- memory; an init writes to it, and nothing uses it afterwards ---- */

static union {
    _Alignas(4096) uint8_t bytes[1u << 20];
    void *align;
} pool;
static size_t used;

/* A new array of zeroes. */
static void *get(size_t bytes)
{
    void *const at = pool.bytes + used;

    used += (bytes + 4095u) & ~(size_t)4095u;
    if (used > sizeof(pool))
        __builtin_trap();
    memset(at, 0, bytes);
    return at;
}

#define ARRAY(count, of) get((count) * sizeof(*(of)))

/* ---- the devices' side ---- */

static struct vwr_vm_ops vm_ops;
#define WINDOWS (UINT64_C(1) << 40) /* beyond all memory */

static struct vwr_memory_region region;
static struct vwr_vm vm;
static struct vwr_vdev *dev; /* of the last init */

static void irq(struct vwr_vm *v, uint32_t line, bool level)
{
    (void)v, (void)line, (void)level;
}

static void msi(struct vwr_vm *v, uint64_t addr, uint32_t data)
{
    (void)v, (void)addr, (void)data;
}

static void again(struct vwr_vm *v, struct vwr_vdev *d, uint16_t queue)
{
    (void)v, (void)d, (void)queue;
}

static void make_vm_setup(void *setup)
{
    struct vwr_vm_setup *const s = setup;

    used = 0;
    vm_ops = (struct vwr_vm_ops){.irq = irq, .msi = msi, .again = again};
    region = (struct vwr_memory_region){0, 4096, pool.bytes};
    *s = (struct vwr_vm_setup){
        .ops = &vm_ops, .region = &region, .region_count = 1, .base = WINDOWS, .stride = 4096};
    s->slot = ARRAY(FEW, s->slot);
    s->slot_count = FEW;
}

static int init_vm_setup(void *setup)
{
    return vwr_vm_init(&vm, setup);
}

static const struct vwr_shortage *shortage_of_vm(void)
{
    return &vm.shortage;
}

static void explain_vm(char *text, size_t bytes)
{
    (void)vwr_shortage_explain(&vm.shortage, text, bytes);
}

static void make_vdev_setup(void *setup)
{
    static struct vwr_vdev_shm shm[2];
    struct vwr_vm_setup s;

    make_vm_setup(&s);
    (void)init_vm_setup(&s);
    *(struct vwr_vdev_setup *)setup =
        (struct vwr_vdev_setup){.vm = &vm, .queue_size = SIZE, .shm = shm, .shm_count = 2};
    ((struct vwr_vdev_setup *)setup)->queue = ARRAY(QUEUES, ((struct vwr_vdev_setup *)setup)->queue);
    ((struct vwr_vdev_setup *)setup)->queue_count = QUEUES;
    ((struct vwr_vdev_setup *)setup)->own =
        ARRAY(VWR_VDEV_OWN(QUEUES, SIZE), ((struct vwr_vdev_setup *)setup)->own);
    ((struct vwr_vdev_setup *)setup)->own_count = VWR_VDEV_OWN(QUEUES, SIZE);
}

static struct vwr_vdev_setup setup_of_device;

static uint32_t fill(struct vwr_ventropy *e, uint8_t *to, uint32_t n)
{
    (void)e;
    memset(to, 0, n);
    return n;
}

static struct vwr_ventropy entropy;

static int init_vdev_setup(void *setup)
{
    dev = &entropy.dev;
    return vwr_ventropy_init_with(&entropy, setup, fill, NULL);
}

static const struct vwr_shortage *shortage_of_device(void)
{
    return &dev->shortage;
}

static void explain_device(char *text, size_t bytes)
{
    (void)vwr_vdev_explain(dev, text, bytes);
}

#define DEVICE(name) \
    const struct world world_##name = {make_##name, init_##name, shortage_of_device, explain_device};

const struct world world_vm_setup = {make_vm_setup, init_vm_setup, shortage_of_vm, explain_vm};
DEVICE(vdev_setup)

/* Runs the init of a class with a correct setup. */
#define INIT(class, device)                                      \
    static int init_##class##_options(void *o)                   \
    {                                                            \
        static struct vwr_##class v;                             \
                                                                 \
        make_vdev_setup(&setup_of_device);                       \
        dev = device;                                            \
        return vwr_##class##_init_with(&v, &setup_of_device, o); \
    }                                                            \
    DEVICE(class##_options)

static struct vwr_vblk_backend_ops disk_ops;
static struct vwr_vblk_backend disk;

static void make_disk(void)
{
    disk = (struct vwr_vblk_backend){.ops = &disk_ops, .sectors = 1024, .block_bytes = 512};
}

static void make_vblk_options(void *setup)
{
    struct vwr_vblk_options *const o = setup;

    make_vdev_setup(&setup_of_device);
    make_disk();
    *o = (struct vwr_vblk_options){.backend = &disk, .req_count = FEW, .seg_count = VWR_VBLK_SEGS(FEW, 2)};
    o->req = ARRAY(FEW, o->req);
    o->seg = ARRAY(o->seg_count, o->seg);
}

INIT(vblk, &v.dev)

static int init_vblk_zones(void *zones)
{
    static struct vwr_vblk v;
    struct vwr_vblk_options o;

    make_vblk_options(&o);
    o.zones = zones;
    dev = &v.dev;
    return vwr_vblk_init_with(&v, &setup_of_device, &o);
}

static void make_vblk_zones(void *setup)
{
    struct vwr_vblk_zones *const z = setup;

    used = 0;
    make_disk();
    *z = (struct vwr_vblk_zones){.zone_count = FEW, .zone_sectors = 256, .model = VWR_BLK_Z_HM};
    z->zone = ARRAY(FEW, z->zone);
    vwr_vblk_zones_format(z, 0);
}

DEVICE(vblk_zones)

static int create(void *context, struct vwr_vcrypto_session *s, const struct vwr_crypto_setup *setup)
{
    (void)context, (void)s, (void)setup;
    return VWR_OK;
}

static void destroy(void *context, struct vwr_vcrypto_session *s)
{
    (void)context, (void)s;
}

static int run(void *context, struct vwr_vcrypto_session *s, struct vwr_crypto_data *m)
{
    (void)context, (void)s, (void)m;
    return VWR_OK;
}

static void make_vcrypto_options(void *setup)
{
    static const struct vwr_vcrypto_ops ops = {create, destroy, run};
    static const struct vwr_crypto_config_info info;
    struct vwr_vcrypto_options *const o = setup;

    make_vdev_setup(&setup_of_device);
    *o = (struct vwr_vcrypto_options){.ops = &ops,
                                      .info = &info,
                                      .session_count = FEW,
                                      .buffer_bytes = VWR_VCRYPTO_BUFFER_BYTES(64),
                                      .message_count = FEW,
                                      .seg_count = VWR_VCRYPTO_SEGS(FEW, 2),
                                      .keys_bytes = VWR_VCRYPTO_KEY_BYTES(FEW, 16)};
    o->session = ARRAY(FEW, o->session);
    o->buffer = get(o->buffer_bytes);
    o->message = ARRAY(FEW, o->message);
    o->seg = ARRAY(o->seg_count, o->seg);
    o->keys = get(o->keys_bytes);
}

INIT(vcrypto, &v.service.service.dev)

static struct vwr_vfiles_memory tree;

static void make_vfiles_memory_options(void *setup)
{
    struct vwr_vfiles_memory_options *const o = setup;

    *o = (struct vwr_vfiles_memory_options){
        .file_count = FEW, .entry_count = FEW, .pool_bytes = VWR_VFILES_MEMORY_POOL(1)};
    used = 0;
    o->file = ARRAY(FEW, o->file);
    o->entry = ARRAY(FEW, o->entry);
    o->pool = get(o->pool_bytes);
}

static int init_vfiles_memory_options(void *setup)
{
    return vwr_vfiles_memory_init(&tree, setup);
}

static const struct vwr_shortage *shortage_of_tree(void)
{
    return &tree.shortage;
}

static void explain_tree(char *text, size_t bytes)
{
    (void)vwr_shortage_explain(&tree.shortage, text, bytes);
}

const struct world world_vfiles_memory_options = {make_vfiles_memory_options, init_vfiles_memory_options,
                                                  shortage_of_tree, explain_tree};

static void make_v9p_options(void *setup)
{
    struct vwr_vfiles_memory_options of_tree;
    struct vwr_v9p_options *const o = setup;

    make_vfiles_memory_options(&of_tree);
    (void)!vwr_vfiles_memory_init(&tree, &of_tree);
    make_vdev_setup(&setup_of_device);
    *o = (struct vwr_v9p_options){.files = &tree.files,
                                  .tag = "tag",
                                  .fid_count = FEW,
                                  .message_count = FEW,
                                  .call_count = FEW,
                                  .seg_count = VWR_SERVICE_SEGS(FEW, 4)};
    o->fid = ARRAY(FEW, o->fid);
    o->message = ARRAY(FEW, o->message);
    o->call = ARRAY(FEW, o->call);
    o->seg = ARRAY(o->seg_count, o->seg);
}

INIT(v9p, vwr_v9p_dev(&v))

static void make_vfs_options(void *setup)
{
    struct vwr_vfiles_memory_options of_tree;
    struct vwr_vfs_options *const o = setup;

    make_vfiles_memory_options(&of_tree);
    (void)!vwr_vfiles_memory_init(&tree, &of_tree);
    make_vdev_setup(&setup_of_device);
    *o = (struct vwr_vfs_options){.files = &tree.files,
                                  .tag = "tag",
                                  .node_count = FEW,
                                  .message_count = FEW,
                                  .call_count = FEW,
                                  .seg_count = VWR_SERVICE_SEGS(FEW, 4)};
    o->node = ARRAY(FEW, o->node);
    o->message = ARRAY(FEW, o->message);
    o->call = ARRAY(FEW, o->call);
    o->seg = ARRAY(o->seg_count, o->seg);
}

INIT(vfs, vwr_vfs_dev(&v))

static void make_vscsi_options(void *setup)
{
    struct vwr_vscsi_options *const o = setup;

    make_vdev_setup(&setup_of_device);
    *o = (struct vwr_vscsi_options){
        .unit_count = FEW, .message_count = FEW, .call_count = FEW, .seg_count = VWR_VSCSI_SEGS(FEW, 4)};
    o->unit = ARRAY(FEW, o->unit);
    o->message = ARRAY(FEW, o->message);
    o->call = ARRAY(FEW, o->call);
    o->seg = ARRAY(o->seg_count, o->seg);
}

INIT(vscsi, vwr_vscsi_dev(&v))

static void make_vballoon_options(void *setup)
{
    static const struct vwr_vballoon_ops ops;
    struct vwr_vballoon_options *const o = setup;

    make_vdev_setup(&setup_of_device);
    region.bytes = 64u * 4096u;
    *o = (struct vwr_vballoon_options){.ops = &ops, .map_count = FEW};
    o->map = ARRAY(FEW, o->map);
}

static int init_vballoon_options(void *o)
{
    static struct vwr_vballoon v;

    make_vdev_setup(&setup_of_device);
    region.bytes = 64u * 4096u;
    dev = vwr_vballoon_dev(&v);
    return vwr_vballoon_init_with(&v, &setup_of_device, o);
}

DEVICE(vballoon_options)

static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    (void)c, (void)port, (void)bytes;
    return n;
}

static void make_vconsole_options(void *setup)
{
    static const struct vwr_vconsole_ops ops = {.output = output};
    struct vwr_vconsole_options *const o = setup;

    make_vdev_setup(&setup_of_device);
    *o = (struct vwr_vconsole_options){.ops = &ops, .port_count = 2};
    o->port = ARRAY(2, o->port);
}

INIT(vconsole, &v.dev)

static void make_vgpio_options(void *setup)
{
    static const struct vwr_vgpio_ops ops;
    struct vwr_vgpio_options *const o = setup;

    make_vdev_setup(&setup_of_device);
    *o = (struct vwr_vgpio_options){
        .ops = &ops,
        .line_count = 2,
        .names = "a\0b",
        .names_bytes = sizeof("a\0b"),
        .memory = {.message_count = VWR_VGPIO_MESSAGES(2), .seg_count = VWR_VGPIO_SEGS(2, SIZE)}};
    o->lines = ARRAY(2, o->lines);
    o->memory.message = ARRAY(o->memory.message_count, o->memory.message);
    o->memory.seg = ARRAY(o->memory.seg_count, o->memory.seg);
}

INIT(vgpio, vwr_vgpio_dev(&v))

static void make_service_memory(void *setup)
{
    struct vwr_vgpio_options o;

    make_vgpio_options(&o);
    *(struct vwr_service_memory *)setup = o.memory;
}

static int init_service_memory(void *setup)
{
    struct vwr_vgpio_options o;
    const struct vwr_service_memory memory = *(const struct vwr_service_memory *)setup;

    make_vgpio_options(&o);
    o.memory = memory;
    return init_vgpio_options(&o);
}

DEVICE(service_memory)

static void make_vgpu_options(void *setup)
{
    static const struct vwr_vgpu_ops ops;
    struct vwr_vgpu_options *const o = setup;

    make_vdev_setup(&setup_of_device);
    *o = (struct vwr_vgpu_options){.ops = &ops,
                                   .scanout_count = 1,
                                   .resource_count = FEW,
                                   .entry_count = FEW,
                                   .memory_bytes = VWR_VGPU_BYTES(16, 16)};
    o->scanout = ARRAY(1, o->scanout);
    o->scanout->width = o->scanout->height = 16;
    o->resource = ARRAY(FEW, o->resource);
    o->entry = ARRAY(FEW, o->entry);
    o->memory = get(o->memory_bytes);
}

INIT(vgpu, vwr_vgpu_dev(&v))

static int transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    (void)v, (void)m;
    return VWR_OK;
}

static void make_vi2c_options(void *setup)
{
    struct vwr_vi2c_options *const o = setup;

    make_vdev_setup(&setup_of_device);
    *o = (struct vwr_vi2c_options){.transfer = transfer, .data_bytes = 16};
    o->data = get(16);
}

INIT(vi2c, vwr_vi2c_dev(&v))

static struct vwr_vinput_model model;

static void make_vinput_model(void *setup)
{
    struct vwr_vinput_model *const m = setup;

    used = 0;
    *m = (struct vwr_vinput_model){.name = "model", .codes_count = 1, .axis_count = 1, .property_count = 1};
    m->codes = ARRAY(1, m->codes);
    m->axis = ARRAY(1, m->axis);
    m->property = ARRAY(1, m->property);
}

static void make_vinput_options(void *setup)
{
    struct vwr_vinput_options *const o = setup;

    make_vdev_setup(&setup_of_device);
    model = (struct vwr_vinput_model){.name = "model"};
    *o = (struct vwr_vinput_options){.model = &model, .event_count = FEW};
    o->event = ARRAY(FEW, o->event);
}

INIT(vinput, vwr_vinput_dev(&v))

static void make_viommu_options(void *setup)
{
    struct vwr_viommu_options *const o = setup;

    make_vdev_setup(&setup_of_device);
    *o = (struct vwr_viommu_options){
        .endpoint_count = FEW, .domain_count = FEW, .mapping_count = FEW, .fault_count = FEW};
    o->endpoint = ARRAY(FEW, o->endpoint);
    for (uint32_t i = 0; i < FEW; i++) {
        o->endpoint[i] = (struct vwr_viommu_endpoint){.id = i, .pin_count = 1};
        o->endpoint[i].pin = ARRAY(1, o->endpoint[i].pin);
    }
    o->domain = ARRAY(FEW, o->domain);
    o->mapping = ARRAY(FEW, o->mapping);
    o->fault = ARRAY(FEW, o->fault);
}

INIT(viommu, vwr_viommu_dev(&v))

#define MEM_ADDR UINT64_C(0x40000000)

static void make_vmem_options(void *setup)
{
    static const struct vwr_vmem_ops ops;
    struct vwr_vmem_options *const o = setup;

    make_vdev_setup(&setup_of_device);
    region.addr = MEM_ADDR;
    region.bytes = 64u * 4096u;
    *o = (struct vwr_vmem_options){
        .ops = &ops, .addr = MEM_ADDR, .bytes = region.bytes, .block_bytes = 4096u, .run_count = FEW};
    o->runs = ARRAY(FEW, o->runs);
}

INIT(vmem, vwr_vmem_dev(&v))

static int init_vinput_model(void *setup)
{
    struct vwr_vinput_options o;

    make_vinput_options(&o);
    o.model = setup;
    return init_vinput_options(&o);
}

DEVICE(vinput_model)

static int clock_read(struct vwr_vrtc *v, unsigned clock, uint64_t *ns)
{
    (void)v, (void)clock;
    *ns = 0;
    return VWR_OK;
}

static void make_vrtc_options(void *setup)
{
    static const struct vwr_vrtc_ops ops = {.clock_read = clock_read};
    struct vwr_vrtc_options *const o = setup;

    make_vdev_setup(&setup_of_device);
    *o = (struct vwr_vrtc_options){.ops = &ops, .clock_count = 2};
    o->clocks = ARRAY(2, o->clocks);
}

INIT(vrtc, vwr_vrtc_dev(&v))

static void make_vsound_options(void *setup)
{
    static const struct vwr_vsound_ops ops;
    struct vwr_vsound_options *const o = setup;

    make_vdev_setup(&setup_of_device);
    *o = (struct vwr_vsound_options){.ops = &ops, .jack_count = 1, .stream_count = 1, .chmap_count = 1};
    o->jacks = ARRAY(1, o->jacks);
    o->streams = ARRAY(1, o->streams);
    o->chmaps = ARRAY(1, o->chmaps);
}

INIT(vsound, vwr_vsound_dev(&v))

static void make_vspi_options(void *setup)
{
    struct vwr_vspi_options *const o = setup;

    make_vdev_setup(&setup_of_device);
    *o = (struct vwr_vspi_options){.chip_count = 1, .data_bytes = 16};
    o->limits.mode_func_supported =
        VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPHA_0_MASK | VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPOL_0_MASK;
    o->chips = ARRAY(1, o->chips);
    o->data = get(16);
}

INIT(vspi, vwr_vspi_dev(&v))

static void make_vscmi_options(void *setup)
{
    struct vwr_vscmi_options *const o = setup;
    struct vwr_vscmi_protocol *const p = get(sizeof(*p));

    make_vdev_setup(&setup_of_device);
    *p = (struct vwr_vscmi_protocol){.id = 1};
    *o = (struct vwr_vscmi_options){.vendor = "vendor", .protocols = p, .protocol_count = 1};
}

INIT(vscmi, vwr_vscmi_dev(&v))

static void make_sockets_memory(void *setup)
{
    struct vwr_sockets_memory *const m = setup;

    used = 0;
    *m = (struct vwr_sockets_memory){.socket_count = FEW, .buffer_bytes = VWR_SOCKET_BYTES(FEW, 64)};
    m->socket = ARRAY(FEW, m->socket);
    m->buffers = get(m->buffer_bytes);
}

static int connect_to(struct vwr_vvsock *v, struct vwr_socket *s)
{
    (void)v, (void)s;
    return VWR_OK;
}

static int init_sockets_memory(void *setup)
{
    static struct vwr_vvsock_ops ops;
    static struct vwr_vvsock v;
    const struct vwr_vvsock_options o = {
        .ops = &ops, .guest_cid = 3, .sockets = *(const struct vwr_sockets_memory *)setup};

    memcpy(&ops.connect, &(int (*)(struct vwr_vvsock *, struct vwr_socket *)){connect_to},
           sizeof(ops.connect));
    make_vdev_setup(&setup_of_device);
    dev = &v.dev;
    return vwr_vvsock_init_with(&v, &setup_of_device, &o);
}

DEVICE(sockets_memory)

static struct vwr_vpci function;

static void make_vpci_setup(void *setup)
{
    struct vwr_vpci_setup *const s = setup;

    make_vdev_setup(&setup_of_device);
    setup_of_device.shm_count = 0;
    (void)!init_vdev_setup(&setup_of_device);
    *s = (struct vwr_vpci_setup){.v = dev, .vector_count = 2};
    s->vector = ARRAY(2, s->vector);
}

static int init_vpci_setup(void *setup)
{
    return vwr_vpci_init(&function, setup);
}

DEVICE(vpci_setup)

static void make_vpci_host(void *setup)
{
    struct vwr_vpci_host *const h = setup;
    struct vwr_vpci_setup s;

    make_vpci_setup(&s);
    (void)!vwr_vpci_init(&function, &s);
    *h = (struct vwr_vpci_host){.buses = 1, .page_count = FEW, .port_count = FEW};
    h->page = ARRAY(FEW, h->page);
    h->port = ARRAY(FEW, h->port);
}

static int init_vpci_host(void *setup)
{
    return vwr_vpci_add(setup, &((struct vwr_vpci_host *)setup)->root, 1, &function);
}

DEVICE(vpci_host)

/* ---- parts without a device ---- */

static struct vwr_vnet_switch sw;

static void make_vnet_switch_options(void *setup)
{
    struct vwr_vnet_switch_options *const o = setup;

    used = 0;
    *o = (struct vwr_vnet_switch_options){.route_count = 64};
    o->route = ARRAY(64, o->route);
}

static int init_vnet_switch_options(void *setup)
{
    return vwr_vnet_switch_init(&sw, setup);
}

#define PART(name, object)                                           \
    static const struct vwr_shortage *shortage_of_##name(void)       \
    {                                                                \
        return &(object).shortage;                                   \
    }                                                                \
    static void explain_##name(char *text, size_t bytes)             \
    {                                                                \
        (void)vwr_shortage_explain(&(object).shortage, text, bytes); \
    }                                                                \
    const struct world world_##name = {make_##name, init_##name, shortage_of_##name, explain_##name};

PART(vnet_switch_options, sw)

static struct vwr_vnet_card card;

static void make_vnet_card_options(void *setup)
{
    struct vwr_vnet_card_options *const o = setup;

    used = 0;
    *o = (struct vwr_vnet_card_options){.slot_count = 2, .data_bytes = 2 * VWR_NET_BYTES};
    o->slot = ARRAY(2, o->slot);
    o->data = get(o->data_bytes);
}

static int init_vnet_card_options(void *setup)
{
    static struct vwr_net net; /* not open: that is found after the sizes */

    return vwr_vnet_card_init(&card, &net, &sw, setup);
}

PART(vnet_card_options, card)

static struct vwr_vblk_disk bridge;

static void make_vblk_disk_options(void *setup)
{
    struct vwr_vblk_disk_options *const o = setup;

    used = 0;
    *o = (struct vwr_vblk_disk_options){.slot_count = FEW};
    o->slot = ARRAY(FEW, o->slot);
}

static int init_vblk_disk_options(void *setup)
{
    static struct vwr_blk blk; /* not open: that is found after the sizes */

    return vwr_vblk_disk_init(&bridge, &blk, setup);
}

PART(vblk_disk_options, bridge)

static struct vwr_monitor monitor;

static void make_monitor_setup(void *setup)
{
    struct vwr_monitor_setup *const s = setup;

    used = 0;
    *s = (struct vwr_monitor_setup){
        .rule_count = 1, .field_count = 1, .request_count = 1, .queue_count = 2, .entry_count = 2 * SIZE};
    s->rules = ARRAY(1, s->rules);
    s->fields = ARRAY(1, s->fields);
    s->requests = ARRAY(1, s->requests);
    s->queue = ARRAY(2, s->queue);
    s->entry = ARRAY(s->entry_count, s->entry);
}

static int init_monitor_setup(void *setup)
{
    return vwr_monitor_init(&monitor, setup);
}

PART(monitor_setup, monitor)

/* ---- the drivers' side: a device that refuses everything after its memory was checked ---- */

static uint32_t get_register(struct vwr_dev *d, unsigned offset)
{
    (void)d;
    return offset == VWR_MMIO_QUEUE_SIZE_MAX ? 64u : offset == VWR_MMIO_STATUS ? VWR_FAULT_ALL_ONES : 0;
}

static void set_register(struct vwr_dev *d, unsigned offset, uint32_t value)
{
    (void)d, (void)offset, (void)value;
}

static uint32_t get_features(struct vwr_dev *d, uint32_t word)
{
    (void)d, (void)word;
    return 0;
}

static void set_features(struct vwr_dev *d, uint32_t word, uint32_t bits)
{
    (void)d, (void)word, (void)bits;
}

static uint32_t queue_set(struct vwr_dev *d, struct vwr_queue *q, uint64_t addr)
{
    (void)d, (void)q, (void)addr;
    return VWR_FAULT_QUEUE_REFUSED;
}

static uint32_t no_irq(struct vwr_dev *d)
{
    (void)d;
    return 0;
}

static const struct vwr_features usable;
static const struct vwr_transport transport = {get_register, set_register, get_features, set_features,
                                               queue_set,    no_irq,       &usable,      false};
static struct vwr_dev driven;

static struct vwr_dev *driven_of(uint32_t type)
{
    memset(&driven, 0, sizeof(driven));
    driven.transport = &transport;
    driven.type = type;
    driven.state = VWR_DEV_PROBED;
    return &driven;
}

static const struct vwr_shortage *shortage_of_driver(void)
{
    return &driven.shortage;
}

static void explain_driver(char *text, size_t bytes)
{
    (void)vwr_dev_explain(&driven, text, bytes);
}

#define DRIVER(name) \
    const struct world world_##name = {make_##name, init_##name, shortage_of_driver, explain_driver};

#define OPEN(class)                                                              \
    static int init_##class##_options(void *o)                                   \
    {                                                                            \
        static struct vwr_##class c;                                             \
                                                                                 \
        return vwr_##class##_open(&c, driven_of(vwr_##class##_bringup.type), o); \
    }                                                                            \
    DRIVER(class##_options)

static void make_net_options(void *setup)
{
    struct vwr_net_options *const o = setup;

    used = 0;
    *o = (struct vwr_net_options){.pair_count = 2, .shared_count = 2};
    o->pair = ARRAY(2, o->pair);
    o->shared = ARRAY(1, o->shared); /* no driver gets far enough to use it */
}

OPEN(net)

static void make_console_options(void *setup)
{
    struct vwr_console_options *const o = setup;

    used = 0;
    *o = (struct vwr_console_options){.port_count = VWR_CONSOLE_PORTS(2),
                                      .shared_count = VWR_CONSOLE_QUEUES(2)};
    o->port = ARRAY(o->port_count, o->port);
    o->shared = get(1);
}

OPEN(console)

static void make_gpio_options(void *setup)
{
    struct vwr_gpio_options *const o = setup;

    used = 0;
    *o = (struct vwr_gpio_options){.line_count = 2};
    o->lines = ARRAY(2, o->lines);
}

OPEN(gpio)

static void make_mem_options(void *setup)
{
    struct vwr_mem_options *const o = setup;

    used = 0;
    *o = (struct vwr_mem_options){.map_count = FEW};
    o->map = ARRAY(FEW, o->map);
}

OPEN(mem)

static void make_input_options(void *setup)
{
    struct vwr_input_options *const o = setup;

    used = 0;
    *o = (struct vwr_input_options){.event_count = 2};
    o->event = ARRAY(2, o->event);
}

OPEN(input)

static void make_balloon_options(void *setup)
{
    struct vwr_balloon_options *const o = setup;

    used = 0;
    *o = (struct vwr_balloon_options){.page_count = 2};
    o->pages = ARRAY(2, o->pages);
}

OPEN(balloon)

static void make_scsi_options(void *setup)
{
    struct vwr_scsi_options *const o = setup;

    used = 0;
    *o = (struct vwr_scsi_options){.more_count = 2, .more_shared_count = 2};
    o->more = ARRAY(2, o->more);
    o->more_shared = get(1);
}

OPEN(scsi)

static void make_crypto_options(void *setup)
{
    struct vwr_crypto_options *const o = setup;

    used = 0;
    *o = (struct vwr_crypto_options){.more_count = 2, .more_shared_count = 2};
    o->more = ARRAY(2, o->more);
    o->more_shared = get(1);
}

OPEN(crypto)

static struct vwr_blk_requestq more_queue[2];

static void make_blk_options(void *setup)
{
    struct vwr_blk_options *const o = setup;
    struct vwr_blk_more *more;

    used = 0;
    *o = (struct vwr_blk_options){.more_count = 2};
    more = ARRAY(2, more);
    more[0].queue = &more_queue[0];
    more[1].queue = &more_queue[1];
    o->more = more;
}

static int init_blk_options(void *setup)
{
    static struct vwr_blk b;
    static const struct vwr_queue_memory none;

    return vwr_blk_open_with(&b, driven_of(vwr_blk_bringup.type), &none, setup);
}

DRIVER(blk_options)

static int open_nothing(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    (void)own, (void)shared, (void)d, (void)avoid;
    return VWR_EGONE;
}

static void make_open_options(void *setup)
{
    static struct vwr_open_class of;
    struct vwr_open_options *const o = setup;

    used = 0;
    of = (struct vwr_open_class){.bringup = &vwr_net_bringup,
                                 .open = open_nothing,
                                 .own_bytes = 100,
                                 .own_align = 8,
                                 .shared_bytes = 100,
                                 .shared_align = 8};
    *o = (struct vwr_open_options){.classes = &of, .class_count = 1, .own_bytes = 200, .shared_bytes = 200};
    o->own = get(200);
    o->shared = get(200);
}

static int init_open_options(void *setup)
{
    static struct vwr_opened opened;

    return vwr_open(&opened, driven_of(vwr_net_bringup.type), setup);
}

DRIVER(open_options)

static void make_queue_memory(void *setup)
{
    struct vwr_queue_memory *const m = setup;

    used = 0;
    *m = (struct vwr_queue_memory){
        .size = 8, .shared_bytes = VWR_QUEUE_SHARED_BYTES(8), .own_bytes = VWR_QUEUE_OWN_BYTES(8)};
    m->shared = get(m->shared_bytes);
    m->own = get(m->own_bytes);
}

static int init_queue_memory(void *setup)
{
    static struct vwr_queue q;

    driven_of(1)->state = VWR_DEV_NEGOTIATED;
    return vwr_dev_add_queue(&driven, 0, &q, setup, 0);
}

DRIVER(queue_memory)

static struct vwr_bringup bringup;

static void make_receive_memory(void *setup)
{
    struct vwr_receive_memory *const m = setup;

    used = 0;
    *m = (struct vwr_receive_memory){.data_bytes = 2 * VWR_PORT_DMA_ALIGN, .buffer_count = 2};
    m->data = get(m->data_bytes);
    m->buffer = ARRAY(2, m->buffer);
}

static int init_receive_memory(void *setup)
{
    static struct vwr_receiveq q;
    struct vwr_queue_memory m;
    const size_t was = used;
    int r;

    make_queue_memory(&m);
    used = was;
    driven_of(1)->state = VWR_DEV_NEGOTIATED;
    bringup.dev = &driven;
    r = vwr_receive_setup(&q, &bringup, 0, &m, setup, 1);
    return r;
}

DRIVER(receive_memory)

static void make_transmit_memory(void *setup)
{
    struct vwr_transmit_memory *const m = setup;

    used = 0;
    *m = (struct vwr_transmit_memory){.data_bytes = 2 * VWR_PORT_DMA_ALIGN, .request_count = 2};
    m->data = get(m->data_bytes);
    m->request = ARRAY(2, m->request);
}

static int init_transmit_memory(void *setup)
{
    static struct vwr_transmitq q;
    static _Alignas(8) uint8_t own[VWR_TRANSMIT_OWN_BYTES(8, 2)];
    struct vwr_queue_memory m;
    const size_t was = used;

    make_queue_memory(&m);
    used = was;
    m.own = own;
    m.own_bytes = sizeof(own);
    driven_of(1)->state = VWR_DEV_NEGOTIATED;
    memset(&q, 0, sizeof(q));
    bringup.dev = &driven;
    return vwr_transmit_setup(&q, &bringup, 0, &m, setup);
}

DRIVER(transmit_memory)

static uint32_t nothing(const struct vwr_pci_host *h, uint32_t function, unsigned offset)
{
    (void)h, (void)function, (void)offset;
    return 0xffffffffu;
}

static void no_write(const struct vwr_pci_host *h, uint32_t function, unsigned offset, uint32_t value)
{
    (void)h, (void)function, (void)offset, (void)value;
}

static void make_pci_host(void *setup)
{
    static const struct vwr_pci_access access = {nothing, no_write};
    struct vwr_pci_host *const h = setup;

    used = 0;
    *h = (struct vwr_pci_host){.access = &access, .window_count = 2};
    h->windows = ARRAY(2, h->windows);
}

static struct vwr_pci on_pci;

static int init_pci_host(void *setup)
{
    return vwr_pci_probe(&on_pci, setup, 8); /* there is no device, which is detected after the sizes */
}

static const struct vwr_shortage *shortage_of_function(void)
{
    return &on_pci.dev.shortage;
}

static void explain_function(char *text, size_t bytes)
{
    (void)vwr_pci_explain(&on_pci, text, bytes);
}

const struct world world_pci_host = {make_pci_host, init_pci_host, shortage_of_function, explain_function};

/* ---- the port of tests: no register is accessed, and memory has its own addresses ---- */

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    (void)reg, (void)bytes;
    return 0xffffffffu;
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    (void)reg, (void)bytes, (void)value;
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

uint64_t vwr_host_time_us(void)
{
    static uint64_t now;

    return now += 1000;
}

/* ---- sizes that follow from others ---- */

#define LEAST(structure, size, needed) \
    {                                  \
#structure, #size, needed      \
    }
const struct least least[] = {
    LEAST(vdev_setup, own_count, VWR_VENTROPY_QUEUES *SIZE),
    LEAST(vm, slot_count, FEW),
    LEAST(vblk_options, seg_count, VWR_VBLK_SEGS(FEW, 1)),
    LEAST(vblk_zones, zone_count, FEW),
    LEAST(vcrypto_options, seg_count, VWR_SERVICE_SEGS(FEW, 1)),
    LEAST(vcrypto_options, buffer_bytes, VWR_VCRYPTO_BUFFER_BYTES(1)),
    LEAST(vcrypto_options, keys_bytes, VWR_VCRYPTO_KEY_BYTES(FEW, 1)),
    LEAST(v9p_options, call_count, FEW),
    LEAST(v9p_options, seg_count, VWR_SERVICE_SEGS(FEW, 1)),
    LEAST(vfs_options, call_count, FEW),
    LEAST(vfs_options, seg_count, VWR_SERVICE_SEGS(FEW, 1)),
    LEAST(vscsi_options, call_count, FEW),
    LEAST(vspi_options, data_bytes, 2),
    LEAST(vscsi_options, seg_count, VWR_VSCSI_SEGS(FEW, 1)),
    LEAST(vballoon_options, map_count, VWR_VBALLOON_WORDS(64u * 4096u)),
    LEAST(service_memory, message_count, VWR_VGPIO_MESSAGES(2)),
    LEAST(service_memory, seg_count, VWR_VGPIO_SEGS(2, 1)),
    LEAST(sockets_memory, buffer_bytes, VWR_SOCKET_BYTES(FEW, 4)),
    LEAST(vgpio_options, names_bytes, 2),
    LEAST(vgpu_options, memory_bytes, VWR_VGPU_ALIGN),
    LEAST(vmem_options, run_count, 2),
    LEAST(monitor_setup, entry_count, 2),
    LEAST(net_options, shared_count, 2),
    LEAST(console_options, shared_count, VWR_CONSOLE_QUEUES(2)),
    LEAST(scsi_options, more_shared_count, 2),
    LEAST(crypto_options, more_shared_count, 2),
    LEAST(open_options, own_bytes, 100),
    LEAST(open_options, shared_bytes, 100),
    LEAST(queue_memory, own_bytes, VWR_QUEUE_OWN_BYTES(8)),
    LEAST(receive_memory, data_bytes, 2 * VWR_PORT_DMA_ALIGN),
    LEAST(transmit_memory, data_bytes, 2 * VWR_PORT_DMA_ALIGN),
};
const unsigned least_count = VWR_COUNT(least);
