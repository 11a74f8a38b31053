/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_H
#define VWR_VPLAN_H

#include "vwr/vdev.h"
#include "vwr/vm.h"

VWR_BEGIN_C

/**
 * DOC: Platform plans
 *
 * A plan defines VMs, their memory and devices, and the address and interrupt of each device.
 * `./vwr plan` generates its tables from a vms.yaml, and a structure with space for all objects.
 * This header has the types of the tables and the functions that use them. The tables are constant,
 * and the only addresses in them are those of the plan, so the structure may be placed anywhere.
 *
 * The parameter @memory of a function is that structure, initialised by vwr_vplan_init() for the
 * same plan.
 */

/**
 * VWR_VPLAN_ABI - Version of the row types
 *
 * A table that was generated for another version does not compile.
 */
#define VWR_VPLAN_ABI 3

/**
 * VWR_VPLAN_AT() - Offset of a member, without offsetof, which a port need not have
 * @type: Structure.
 * @member: Member.
 */
#define VWR_VPLAN_AT(type, member) __builtin_offsetof(type, member)

/* VWR_VPLAN_ALIGNED(): a member that is aligned to n bytes. */
#ifdef __cplusplus
#define VWR_VPLAN_ALIGNED(n) alignas(n)
#else
#define VWR_VPLAN_ALIGNED(n) _Alignas(n)
#endif

/** VWR_VPLAN_NONE - No entry, in a table of indices */
#define VWR_VPLAN_NONE 0xffffu

struct vwr_vplan_bus;
struct vwr_vplan_device;

/* Builds the bus in @memory, before its devices. */
typedef void vwr_vplan_bus_start(const struct vwr_vplan_bus *bus, void *memory);

/* Adds the device of *row, which has been built. */
typedef int vwr_vplan_bus_add(const struct vwr_vplan_bus *bus, const struct vwr_vplan_device *row,
                              void *memory);

/* Handles a guest access. The same as vwr_vm_access(). */
typedef bool vwr_vplan_bus_access(const struct vwr_vplan_bus *bus, void *memory, uint64_t addr,
                                  unsigned bytes, bool is_write, uint64_t *value);

/**
 * struct vwr_vplan_bus - A bus other than MMIO: struct vwr_vplan_pci
 * @start: Build function.
 * @add_device: Adds a device.
 * @access: Handles a guest access.
 */
struct vwr_vplan_bus {
    vwr_vplan_bus_start *start;
    vwr_vplan_bus_add *add_device;
    vwr_vplan_bus_access *access;
};

/**
 * struct vwr_vplan_memory - Memory of a guest
 * @addr: Guest-physical address.
 * @bytes: Size in bytes.
 * @host: Host address.
 * @placed: true: the plan defines @host. false: the VMM provides the memory.
 */
struct vwr_vplan_memory {
    uint64_t addr;
    uint64_t bytes;
    uint64_t host;
    bool placed;
};

/**
 * struct vwr_vplan_vm - A VM
 * @name: Name.
 * @id: ID.
 * @memory: Memory.
 * @memories: Number of entries in @memory.
 * @base: Guest-physical address of the first device window; on PCI, of the window for BARs.
 * @stride: Size of a device window in bytes.
 * @slots: Number of device windows; on PCI, of device numbers.
 * @first: First row of its devices in the plan; the rows are ordered by slot.
 * @devices: Number of devices.
 * @line: First interrupt line of its devices.
 * @lines: Number of interrupt lines from @line to the last one in use.
 * @device_of_line: For each line, the row of its device, or VWR_VPLAN_NONE.
 * @region: Index of its first region in the structure.
 * @slot: Index of its first slot in the structure.
 * @bus: Bus of its devices; NULL: MMIO.
 */
struct vwr_vplan_vm {
    const char *name;
    uint32_t id;
    const struct vwr_vplan_memory *memory;
    uint32_t memories;
    uint64_t base;
    uint32_t stride;
    uint32_t slots;
    uint32_t first;
    uint32_t devices;
    uint32_t line;
    uint32_t lines;
    const uint16_t *device_of_line;
    uint32_t region;
    uint32_t slot;
    const struct vwr_vplan_bus *bus;
};

struct vwr_vplan_host;
struct vwr_vplan_shared;

/**
 * typedef vwr_vplan_build_shared - Build in @memory the shared object that *row describes, before
 *   the devices are built
 */
typedef int vwr_vplan_build_shared(const struct vwr_vplan_shared *row, void *memory,
                                   const struct vwr_vplan_host *host);

/**
 * struct vwr_vplan_shared - An object that devices share, such as a switch or a tree of files
 * @name: Name.
 * @build: Build function.
 * @options: Options of the class.
 * @at: Offset in the structure in bytes.
 */
struct vwr_vplan_shared {
    const char *name;
    vwr_vplan_build_shared *build;
    const void *options;
    size_t at;
};

/**
 * typedef vwr_vplan_build - Initialise the device of a row of the plan, in @memory
 *
 * The caller has set all members of @s. vwr_vplan_build_blk() and others implement this function.
 */
typedef int vwr_vplan_build(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                            const struct vwr_vplan_host *host);

/**
 * struct vwr_vplan_device - A device
 * @name: Name.
 * @kind: Name of the class.
 * @id: DeviceID.
 * @vm: Row of its VM.
 * @slot: Slot; on PCI, its device number.
 * @addr: Guest-physical address; on PCI, of its configuration space.
 * @line: Interrupt line; on PCI, of INTx.
 * @legacy: MMIO version 1.
 * @tolerate: Which violations by drivers the device tolerates (vwr/tolerate.h).
 * @queues: Number of queues.
 * @queue_size: Maximum queue size.
 * @features: Ring and transport features to offer.
 * @build: Build function.
 * @options: Options of the class: struct vwr_vplan_blk and others.
 * @device: Offset of the device in the structure in bytes.
 * @queue: Index of its first queue in the structure.
 * @own: Index of its private memory in the structure.
 * @vectors: On PCI: number of vectors.
 * @function: On PCI: offset of its function in the structure.
 * @vector: On PCI: offset of its vectors.
 * @bridge: On PCI: offset of the bridge that leads to it alone; 0: it is on bus 0.
 * @iommu: Offset of its endpoint of an IOMMU: struct vwr_memory_iommu; 0: none.
 */
struct vwr_vplan_device {
    const char *name;
    const char *kind;
    uint32_t id;
    uint32_t vm;
    uint32_t slot;
    uint64_t addr;
    uint32_t line;
    bool legacy;
    enum vwr_tolerate tolerate;
    uint16_t queues;
    uint16_t queue_size;
    struct vwr_features features;
    vwr_vplan_build *build;
    const void *options;
    size_t device;
    uint32_t queue;
    uint32_t own;
    uint16_t vectors;
    size_t function;
    size_t vector;
    size_t bridge;
    size_t iommu;
};

/**
 * struct vwr_vplan - A plan
 * @name: Name.
 * @vm: VMs.
 * @device: Devices.
 * @disk: Names of the back ends, in the order of vwr_vplan_host.disk.
 * @shared: Shared objects.
 * @vms: Number of VMs.
 * @devices: Number of devices.
 * @disks: Number of back ends.
 * @shareds: Number of shared objects.
 * @edge: true: interrupts are edge-triggered. false: they are level-triggered. The guest's device
 *   tree has the same value.
 * @coherent: Guest and VMM are cache-coherent.
 * @bytes: Size of the structure in bytes.
 * @align: Alignment of the structure in bytes.
 * @vm_at: Offset of the array of VMs in the structure.
 * @region_at: Offset of the array of regions.
 * @slot_at: Offset of the array of slots.
 * @queue_at: Offset of the array of queues.
 * @own_at: Offset of the private memory of queues.
 * @base: First guest-physical address of @vm_of_unit.
 * @shift: log2 of the size of a unit.
 * @units: Number of units.
 * @vm_of_unit: For each unit, the VM with device windows in it; NULL: VMs share addresses.
 */
struct vwr_vplan {
    const char *name;
    const struct vwr_vplan_vm *vm;
    const struct vwr_vplan_device *device;
    const char *const *disk;
    const struct vwr_vplan_shared *shared;
    uint32_t vms;
    uint32_t devices;
    uint32_t disks;
    uint32_t shareds;
    bool edge;
    bool coherent;
    size_t bytes;
    size_t align;
    size_t vm_at;
    size_t region_at;
    size_t slot_at;
    size_t queue_at;
    size_t own_at;
    uint64_t base;
    uint32_t shift;
    uint32_t units;
    const uint16_t *vm_of_unit;
};

struct vwr_vfiles;
struct vwr_vballoon_ops;
struct vwr_vvsock_ops;
struct vwr_vcrypto_ops;
struct vwr_crypto_config_info;
struct vwr_vsound_options;
struct vwr_vi2c;
struct vwr_vi2c_message;
struct vwr_vcan_options;
struct vwr_vspi_options;
struct vwr_vpmem;
struct vwr_vmem_ops;
struct vwr_vgpio_ops;
struct vwr_vblk_backend;
struct vwr_vconsole_ops;
struct vwr_ventropy;
struct vwr_vgpu_ops;
struct vwr_vinput_ops;

/**
 * struct vwr_vplan_host - What the VMM provides for a plan
 * @ops: Hooks of the VMs.
 * @context: Becomes vm->context, and the context of all devices except disks, network cards and
 *   folders.
 * @memory: Get the memory for row->memory[index], which the plan does not place. Returns NULL if
 *   there is none.
 * @disk: A back end for each disk of the plan, in the plan's order.
 * @console: Hooks of consoles.
 * @entropy: Source of random bytes.
 * @offloads: For each switch of the plan, the offloads that its uplink supports. NULL: all.
 * @key: VWR_VNET_SWITCH_KEY random words for the switches; NULL: none (vwr/vnet_switch.h).
 * @gpu: Hooks of GPUs.
 * @gpu_width_max: Width of the largest image that @gpu displays, in pixels; 0: no limit (vwr/vgpu.h).
 * @gpu_height_max: Its height; 0: no limit.
 * @input: Hooks of input devices; NULL: LEDs are ignored.
 * @balloon: Hooks of balloons.
 * @folder: A file system for each folder of the plan, in the plan's order. Entries for trees in
 *   memory are not read.
 * @vsock: Hooks of socket devices.
 * @crypto: Functions of crypto devices.
 * @crypto_info: Their services and algorithms (vwr/vcrypto.h).
 * @sound: Hooks, jacks, streams and channel maps of sound cards; its context is not read.
 * @i2c: Executes a message on the bus of an I2C adapter device (vwr/vi2c.h).
 * @can: Hooks and frame types of CAN controllers; its context is not read.
 * @spi: Limits and chips of SPI controllers; its data is not read.
 * @pmem: Flushes the memory of a PMEM device (vwr/vpmem.h).
 * @mem: Hooks of memory devices.
 * @gpio: Hooks of GPIO devices.
 * @vendor: VendorID; 0: VWR_VDEV_VENDOR.
 * @budget: Budget of buffers; 0: VWR_VDEV_BUDGET.
 * @budget_bytes: Budget of bytes; 0: VWR_VDEV_BUDGET_BYTES.
 *
 * Members that no device of the plan needs may be NULL. The VMM keeps everything while the plan is
 * in use.
 */
struct vwr_vplan_host {
    const struct vwr_vm_ops *ops;
    void *context;
    void *(*memory)(void *context, const struct vwr_vplan_vm *row, uint32_t index);
    struct vwr_vblk_backend *const *disk;
    const struct vwr_vconsole_ops *console;
    uint32_t (*entropy)(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n);
    const struct vwr_features *offloads;
    const uint32_t *key;
    const struct vwr_vgpu_ops *gpu;
    uint32_t gpu_width_max;
    uint32_t gpu_height_max;
    const struct vwr_vinput_ops *input;
    const struct vwr_vballoon_ops *balloon;
    struct vwr_vfiles *const *folder;
    const struct vwr_vvsock_ops *vsock;
    const struct vwr_vcrypto_ops *crypto;
    const struct vwr_crypto_config_info *crypto_info;
    const struct vwr_vsound_options *sound;
    int (*i2c)(struct vwr_vi2c *v, struct vwr_vi2c_message *m);
    const struct vwr_vcan_options *can;
    const struct vwr_vspi_options *spi;
    int (*pmem)(struct vwr_vpmem *v, uint64_t ticket);
    const struct vwr_vmem_ops *mem;
    const struct vwr_vgpio_ops *gpio;
    uint32_t vendor;
    uint16_t budget;
    uint32_t budget_bytes;
};

/**
 * vwr_vplan_init() - Build all VMs and devices of a plan
 * @plan: Plan.
 * @memory: Structure, with any content, aligned to @plan->align.
 * @bytes: Size of @memory in bytes, at least @plan->bytes.
 * @host: What the VMM provides.
 * @failed: Filled in with the device that failed, NULL if none; may be NULL.
 *
 * Context: The VMM, before the device is in use. Does not wait. Not from an interrupt handler.
 * Return: VWR_OK. After an error the structure must not be used.
 * * VWR_ENOMEM: @memory is too small or misaligned.
 * * VWR_EINVAL: a hook that the plan needs is missing.
 * * VWR_ERANGE: vwr_vm_init() refuses the windows of a VM.
 * * Other errors concern *failed: the same errors as vwr_vm_add(), vwr_vblk_init_with(),
 *   vwr_vconsole_init_with(), vwr_ventropy_init_with(), vwr_vnet_init_with(), vwr_vnet_switch_connect(),
 *   vwr_vgpu_init_with(), vwr_vinput_init_with(), vwr_v9p_init_with(), vwr_vballoon_init_with(),
 *   vwr_vscsi_init_with(), vwr_vvsock_init_with(), vwr_vcrypto_init_with(), vwr_vsound_init_with(),
 *   vwr_vi2c_init_with(), vwr_vcan_init_with(), vwr_vspi_init_with(), vwr_vpmem_init_with(),
 *   vwr_vmem_init_with(), vwr_vgpio_init_with(), vwr_vpci_init() and vwr_vpci_add().
 */
VWR_MUST_CHECK int vwr_vplan_init(const struct vwr_vplan *plan, void *memory, size_t bytes,
                                  const struct vwr_vplan_host *host, const struct vwr_vplan_device **failed);

/**
 * vwr_vplan_add() - Build a device of a plan again, after vwr_vm_remove()
 * @plan: Plan.
 * @row: Row of the device.
 * @memory: Structure. What it has of the device may have any content.
 * @host: What the VMM provides.
 *
 * A state of the device can be loaded afterwards (vwr/vstate.h). Before the call, the VMM
 * disconnects the port of a network card (vwr_vnet_switch_disconnect()), and takes the function of a
 * device on PCI off its bus (vwr_vpci_remove()).
 *
 * Context: The VMM, while the device is not in use. Does not wait. Not from an interrupt handler.
 * Return: VWR_OK, or the same errors as vwr_vplan_init() has for a device.
 */
VWR_MUST_CHECK int vwr_vplan_add(const struct vwr_vplan *plan, const struct vwr_vplan_device *row,
                                 void *memory, const struct vwr_vplan_host *host);

/**
 * vwr_vplan_access() - Handle a guest access if the trap handler knows only the address
 * @plan: Plan.
 * @memory: Structure.
 * @addr: Guest-physical address.
 * @bytes: Width of the access: 1, 2, 4 or 8.
 * @is_write: true for a write.
 * @value: The same as for vwr_vm_access().
 *
 * The time of the call does not depend on the number of VMs and devices.
 *
 * Context: The trap handler of a CPU of the VM. Takes the device's lock. Does not wait, except for
 *   the VM's lock.
 * Return: The same as vwr_vm_access(). The result is also false if several VMs of the plan have the
 *   same device windows.
 */
bool vwr_vplan_access(const struct vwr_vplan *plan, void *memory, uint64_t addr, unsigned bytes,
                      bool is_write, uint64_t *value);

/**
 * vwr_vplan_vm_access() - Handle a guest access if the trap handler knows the VM
 * @plan: Plan.
 * @memory: Structure.
 * @vm: Row of the VM.
 * @addr: Guest-physical address.
 * @bytes: Width of the access: 1, 2, 4 or 8.
 * @is_write: true for a write.
 * @value: The same as for vwr_vm_access().
 *
 * It is vwr_vm_access(), or for a VM on PCI vwr_vpci_access().
 *
 * Context: The trap handler of a CPU of the VM. Takes the device's lock. Does not wait, except for
 *   the VM's lock.
 * Return: The same as vwr_vm_access().
 */
bool vwr_vplan_vm_access(const struct vwr_vplan *plan, void *memory, uint32_t vm, uint64_t addr,
                         unsigned bytes, bool is_write, uint64_t *value);

/**
 * vwr_vplan_of_line() - Find the device of an interrupt line
 * @plan: Plan.
 * @vm: Row of the VM.
 * @line: Interrupt line.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The device's row, or NULL.
 */
const struct vwr_vplan_device *vwr_vplan_of_line(const struct vwr_vplan *plan, uint32_t vm, uint32_t line);

/**
 * vwr_vplan_of() - Find the row of a device
 * @plan: Plan.
 * @memory: Structure.
 * @v: Device.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The row; NULL: the plan has not built the device.
 */
const struct vwr_vplan_device *vwr_vplan_of(const struct vwr_vplan *plan, const void *memory,
                                            const struct vwr_vdev *v);

/**
 * vwr_vplan_member() - Get an object in the structure
 * @memory: Structure.
 * @at: Offset in bytes.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The object.
 */
static inline void *vwr_vplan_member(void *memory, size_t at)
{
    return (uint8_t *)memory + at;
}

/**
 * vwr_vplan_vm() - Get a VM
 * @plan: Plan.
 * @memory: Structure.
 * @vm: Row of the VM.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The VM.
 */
static inline struct vwr_vm *vwr_vplan_vm(const struct vwr_vplan *plan, void *memory, uint32_t vm)
{
    return (struct vwr_vm *)vwr_vplan_member(memory, plan->vm_at) + vm;
}

/**
 * vwr_vplan_device() - Get a device
 * @row: Row of the device.
 * @memory: Structure.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vplan_device(const struct vwr_vplan_device *row, void *memory)
{
    return (struct vwr_vdev *)vwr_vplan_member(memory, row->device);
}

/**
 * vwr_vplan_row() - Get the row of a VM
 * @plan: Plan.
 * @memory: Structure.
 * @vm: VM.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The row.
 */
static inline uint32_t vwr_vplan_row(const struct vwr_vplan *plan, const void *memory,
                                     const struct vwr_vm *vm)
{
    return (uint32_t)(vm - (const struct vwr_vm *)(const void *)((const uint8_t *)memory + plan->vm_at));
}

VWR_END_C

#endif
