/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#ifndef __VIRTIO_H__
#define __VIRTIO_H__

#include "avatar_types.h"
#include "exception.h"
#include "os_cfg.h"
#include "vmm/vm.h"

/*
 * Avatar's VirtIO devices for guests, implemented with Virtwright; replaces include/vmm/virtio.h and
 * vmm/vdev/virtio of Avatar, with the same names. There are no register names and no ring structures, because
 * only the library accesses a guest's rings.
 *
 * Devices are at VIRTIO_MMIO_BASE + 64 KiB x VM + 4 KiB x device, with interrupt 48 + 8 x VM + device. Guests
 * are not trusted: registers and rings are validated, and a guest that violates the protocol stops its own
 * device until it resets it.
 *
 * Context: one caller at a time for all calls of this header, with interrupts masked once
 * avatar_virtio_block_enable_irq was called; no call waits. Requests to a guest's block device are executed
 * by the disk's interrupt or avatar_virtio_block_poll. All memory is static.
 *
 * Sections of the specification: Virtio Over MMIO; Console Device; Block Device; Network Device; GPU Device;
 * Traditional Memory Balloon Device. The protocol of a folder is 9P2000.L.
 */

#define VIRTIO_ID_NET 1
#define VIRTIO_ID_BLOCK 2
#define VIRTIO_ID_CONSOLE 3
#define VIRTIO_ID_RNG 4
#define VIRTIO_ID_BALLOON 5
#define VIRTIO_ID_SCSI 8
#define VIRTIO_ID_9P 9
#define VIRTIO_ID_GPU 16

#define VIRTIO_MMIO_VM_SIZE 0x10000
#define VIRTIO_MMIO_SIZE 0x1000
#define VIRTIO_IRQ_BASE 48
#define VIRTIO_VM_IRQS 8 /* interrupts and devices per VM */

#define VIRTIO_MMIO_INT_VRING 1
#define VIRTIO_MMIO_INT_CONFIG 2

/*
 * Configuration: define these macros before this header is included, with -D for the whole tree
 * (CFLAGS_EXTRA), or change them here.
 */
#ifndef VIRTIO_MMIO_BASE
#define VIRTIO_MMIO_BASE 0x0a000000ULL /* window of the first VM */
#endif
#ifndef VIRTIO_VM_MAX
#define VIRTIO_VM_MAX VM_NUM_MAX /* VMs 0 .. VIRTIO_VM_MAX - 1 */
#endif
#ifndef VIRTIO_QUEUE_NUM_MAX
#define VIRTIO_QUEUE_NUM_MAX 256 /* descriptors of a queue, a power of 2 */
#endif
#ifndef VIRTIO_DEVICE_QUEUES
#define VIRTIO_DEVICE_QUEUES 5 /* maximum queues of a device; a network device with two pairs has 5 */
#endif
#ifndef VIRTIO_CHAIN_MAX
#define VIRTIO_CHAIN_MAX 16 /* maximum segments of a chain in virtio_queue_pop */
#endif
#ifndef VIRTIO_CHAINS_MAX
#define VIRTIO_CHAINS_MAX 4 /* maximum buffers of a queue between pop and push */
#endif
#ifndef VIRTIO_CONSOLE_BUFFER
#define VIRTIO_CONSOLE_BUFFER 1024 /* characters in each direction */
#endif
#ifndef VIRTIO_LEGACY
#define VIRTIO_LEGACY 0 /* 1: guests see register version 1 */
#endif

struct virtio_device;
typedef struct virtio_device virtio_device_t;
struct virtio_console;
typedef struct virtio_console virtio_console_t;
struct virtio_block;
typedef struct virtio_block virtio_block_t;
struct virtio_net;
typedef struct virtio_net virtio_net_t;
struct virtio_screen;
typedef struct virtio_screen virtio_screen_t;
struct virtio_folder;
typedef struct virtio_folder virtio_folder_t;
struct virtio_balloon;
typedef struct virtio_balloon virtio_balloon_t;

#define VIRTIO_MAC_SIZE 6

/* A segment of a popped chain. `addr` is a host address; the memory may be read or written. */
#define VIRTQ_DESC_F_NEXT 1
#define VIRTQ_DESC_F_WRITE 2
typedef struct virtq_desc {
    uint64_t addr;
    uint32_t len;
    uint16_t flags; /* VIRTQ_DESC_F_WRITE: device-writable; NEXT: not the last one */
    uint16_t next;
} virtq_desc_t;

/* A queue of a device, for virtio_queue_*. `num` and `ready` are set by the guest; read-only. */
typedef struct virtqueue {
    uint32_t num;
    uint32_t ready;
    virtio_device_t *dev;
    uint32_t index;
} virtqueue_t;

/*
 * A device. After virtio_create_device, and before the guest's first access, the creator sets
 * device_features, config, config_len, queue_notify, reset, and optionally version, vendor_id and num_queues.
 * The other fields are read-only and valid as of the last call to virtio_find_device_by_addr or
 * virtio_debug_device; the queues and driver_features are also valid in queue_notify.
 */
struct virtio_device {
    uint32_t device_id;
    uint32_t vendor_id;
    uint32_t version; /* register version: 2, or 1 (legacy) */

    uint64_t device_features; /* features of the device type; those of ring and transport are added */
    uint64_t driver_features;

    uint8_t status;
    uint32_t interrupt_status;

    virtqueue_t *queues;
    uint32_t num_queues; /* at most VIRTIO_DEVICE_QUEUES */

    void *config; /* in the guest's byte order; may be NULL */
    uint32_t config_len;

    /* Buffers are available in a queue. Take them with virtio_queue_pop. */
    void (*queue_notify)(virtio_device_t *dev, uint32_t queue_idx);
    /* The guest has reset the device: popped chains are invalid. May be NULL. */
    void (*reset)(virtio_device_t *dev);

    struct _vm_t *vm; /* NULL before virtio_vm_init of its VM */
    uint64_t base_addr;
    uint32_t irq;
};

/* A region of guest memory: guest-physical address and host address. */
typedef struct virtio_memory {
    uint64_t guest;
    uint64_t bytes;
    void *host;
} virtio_memory_t;

#define VIRTIO_MEMORY_MAX 4

/*
 * Provided by Avatar: memory that a guest's devices may access, in memory[0 .. max); returns the number of
 * regions. The weak default is for an identity-mapped stage 2, as in Avatar: GUEST_RAM_START to
 * GUEST_RAM_END.
 */
uint32_t virtio_vm_memory(struct _vm_t *vm, virtio_memory_t *memory, uint32_t max);

/*
 * Provided by Avatar: the VM whose vCPU is running; NULL: unknown. A VM cannot access another VM's devices.
 * The weak default uses curr_task_el2.
 */
struct _vm_t *virtio_current_vm(void);

/* Called at system start. */
void virtio_subsystem_init(void);

/*
 * Selects the devices that a VM gets in virtio_vm_init; by default a console. A block device is a window of a
 * disk of the frontend: virtio_configure_vm_disk sets the disk, the first sector and the number of sectors
 * (0: to the end). Without that call the VM gets no block device, which is logged: Avatar itself mounts the
 * first disk. The network devices of all VMs are ports of one switch.
 */
void virtio_configure_vm(uint32_t vm_id, bool enable_console, bool enable_block, bool enable_net);
void virtio_configure_vm_disk(uint32_t vm_id, uint32_t disk, uint64_t first, uint64_t sectors,
                              bool read_only);

/*
 * Additional devices of a VM, and additional network queue pairs; before its virtio_vm_init. The calls that
 * create these devices describe size and ownership of `memory`; NULL: no such device, the default. pairs:
 * default 1.
 */
void virtio_configure_vm_net_pairs(uint32_t vm_id, uint32_t pairs);
void virtio_configure_vm_screen(uint32_t vm_id, uint32_t width, uint32_t height, void *memory,
                                uint64_t bytes);
void virtio_configure_vm_folder(uint32_t vm_id, virtio_folder_t *folder);
void virtio_configure_vm_balloon(uint32_t vm_id, void *memory, uint64_t bytes);

/*
 * Creates the devices of a VM whose vCPUs and vGIC exist. Devices that were or will be created separately at
 * its addresses belong to it, too.
 */
void virtio_vm_init(struct _vm_t *vm, uint32_t vm_id);

/*
 * Makes accesses to the windows of all VMs fault; the windows start at VIRTIO_MMIO_BASE and have 64 KiB each.
 * Call it when a VM is created, next to mmio_map_pl011. Nothing at these addresses is passed through to
 * guests any more.
 */
void mmio_map_virtio(void);

/*
 * Call it from data_abort_handler. true: the fault was in one of the windows and has been handled. If the
 * running VM has no device at the address, reads return 0 and writes are ignored. An instruction without a
 * valid syndrome (a pair, a vector register) is not emulated: the guest takes a synchronous external abort.
 * The caller of data_abort_handler then continues after the instruction.
 */
bool handle_virtio(stage2_fault_info_t *info, trap_frame_t *el2_ctx);

/*
 * The same for a custom handler: a guest's access of 1, 2 or 4 bytes (`size`) at the guest-physical
 * `fault_addr`. true: a device has handled it; for a read *value is set. false: no device, or one of another
 * VM than the running one. handle_virtio_mmio_access does not check which VM is running.
 */
bool virtio_handle_mmio_trap(uint64_t fault_addr, uint32_t *value, bool is_write, uint32_t size);
bool handle_virtio_mmio_access(uint64_t addr, uint32_t *value, bool is_write, uint32_t size);

/* The same, at an offset in one device. */
bool virtio_mmio_read(virtio_device_t *dev, uint64_t offset, uint32_t *value, uint32_t size);
bool virtio_mmio_write(virtio_device_t *dev, uint64_t offset, uint32_t value, uint32_t size);

/* Log the address map and each VM's configuration; all devices, one line each; all details of one device. */
void virtio_print_device_info(void);
void virtio_list_all_devices(void);
void virtio_debug_device(virtio_device_t *dev);

/*
 * Creates a custom device at an address and with an interrupt that belong to its VM. NULL with a message: the
 * address or the interrupt is invalid or in use. virtio_next_place returns a free address and its interrupt.
 */
virtio_device_t *virtio_create_device(uint32_t device_id, uint64_t base_addr, uint32_t irq);
void virtio_destroy_device(virtio_device_t *dev);
virtio_device_t *virtio_find_device_by_addr(uint64_t addr);
bool virtio_next_place(uint32_t vm_id, uint64_t *base_addr, uint32_t *irq);
void virtio_global_init(void); /* removes all devices; called by virtio_subsystem_init */

/*
 * Call these functions from queue_notify, or whenever there is data for the guest. available: whether there
 * is a buffer. pop: takes a buffer, with its segments in desc_chain[0 .. VIRTIO_CHAIN_MAX) and their number
 * in *desc_count; returns the index for push, or -1: no buffer, or VIRTIO_CHAINS_MAX are popped. push:
 * returns the buffer, with `len` bytes written from its start. notify: interrupts the guest, unless it
 * suppressed that.
 */
bool virtio_queue_available(virtqueue_t *vq);
int virtio_queue_pop(virtqueue_t *vq, virtq_desc_t *desc_chain, uint32_t *desc_count);
void virtio_queue_push(virtqueue_t *vq, uint32_t desc_idx, uint32_t len);
void virtio_queue_notify(virtio_device_t *dev, uint32_t queue_idx);

/*
 * For the timer tick. A guest that has not acknowledged an interrupt receives it again, because Avatar's vGIC
 * can lose interrupts. Once per second, the switch between the VMs expires addresses and detects guests that
 * make others wait. From then on, frames for these guests are dropped.
 */
void virtio_tick(void);

/* int_type: VIRTIO_MMIO_INT_VRING; VIRTIO_MMIO_INT_CONFIG: config has changed. */
void virtio_inject_irq(virtio_device_t *dev, uint32_t int_type);

/*
 * A console, 80 x 24. input: characters for the guest; they are buffered until the guest takes them, and lost
 * with a message if the buffer is full. output: takes up to `max_len` characters written by the guest. Before
 * its first call for a console (which may have max_len 0 and NULL), the last VIRTIO_CONSOLE_BUFFER characters
 * are kept, older ones are dropped and counted, and the guest never waits. Afterwards no characters are lost:
 * the guest waits while the buffer is full. dropped: number of dropped characters.
 */
virtio_console_t *virtio_console_create(uint64_t base_addr, uint32_t irq);
void virtio_console_destroy(virtio_console_t *console);
void virtio_console_input(virtio_console_t *console, const char *data, uint32_t len);
uint32_t virtio_console_output(virtio_console_t *console, char *buffer, uint32_t max_len);
uint64_t virtio_console_dropped(const virtio_console_t *console);
virtio_console_t *virtio_console_of_vm(uint32_t vm_id);

/*
 * Prints the guests' output on Avatar's console, up to 64 characters per VM and call. For the timer tick.
 * Each line starts with the number of the VM, as in "[VM0] ". It reads all consoles, so guests wait if it is
 * no longer called.
 */
void virtio_console_print(void);

/*
 * A block device for a guest: `sectors` sectors of 512 bytes on a frontend disk, starting at `first`; 0: to
 * the end of the disk. It consists of whole blocks of that disk, and the guest sees the disk's block size.
 */
virtio_block_t *virtio_block_create(uint64_t base_addr, uint32_t irq, uint32_t disk, uint64_t first,
                                    uint64_t sectors, bool read_only);
void virtio_block_destroy(virtio_block_t *block);

/*
 * A network device: a port of the switch between the VMs, with a unique address and `pairs` queue pairs;
 * VIRTIO_DEVICE_QUEUES is at least 2 for one pair, and 2 per pair plus 1 for several. A frame for a guest
 * without buffers waits in the sender's ring.
 */
virtio_net_t *virtio_net_create(uint64_t base_addr, uint32_t irq, const uint8_t mac[VIRTIO_MAC_SIZE],
                                uint32_t pairs);
void virtio_net_destroy(virtio_net_t *net);

/*
 * A screen of `width` x `height` pixels. The guest's images are in memory[0 .. bytes), provided by Avatar,
 * aligned to 64, in use until the screen is destroyed, and not writable by a guest: 4 bytes per pixel, for
 * two images of the screen's size and one of 64 x 64. Guests always see register version 2, regardless of
 * VIRTIO_LEGACY. draw: copies the screen to a framebuffer with 4 bytes per pixel, blue first, and `stride`
 * bytes per row, clipped to its size. true: the content has changed since the last call; false: the
 * framebuffer was not changed. pixels: the image on the screen; false: none.
 */
typedef struct virtio_pixels {
    const void *base;
    uint32_t stride; /* bytes */
    uint32_t width;
    uint32_t height;
    uint32_t format; /* format number of the specification */
} virtio_pixels_t;

virtio_screen_t *virtio_screen_create(uint64_t base_addr, uint32_t irq, uint32_t width, uint32_t height,
                                      void *memory, uint64_t bytes);
void virtio_screen_destroy(virtio_screen_t *screen);
bool virtio_screen_draw(virtio_screen_t *screen, void *framebuffer, uint32_t stride, uint32_t width,
                        uint32_t height);
bool virtio_screen_pixels(const virtio_screen_t *screen, virtio_pixels_t *pixels);
virtio_screen_t *virtio_screen_of_vm(uint32_t vm_id);

/*
 * A folder that one guest mounts with `tag`, 1 to 32 characters. init: an empty folder; NULL with a message:
 * invalid arguments, or VIRTIO_VM_MAX are in use. Its files are in memory[0 .. bytes), provided by Avatar,
 * aligned to 8, in use until the folder is destroyed, and not writable by a guest; the maximum number of
 * files is one per 8 KiB, at least 16. add: adds a file at a path such as "etc/motd", before a guest uses the
 * folder; 0, or -1 with a message. Its content is not copied and stays in use. create: creates the device.
 * read: reads up to `max_len` bytes of a file at `offset`; returns their number, or -1: no such file. Files
 * written by a guest persist when it restarts. of_vm: the folder set with virtio_configure_vm_folder.
 */
virtio_folder_t *virtio_folder_init(const char *tag, void *memory, uint64_t bytes);
int virtio_folder_add(virtio_folder_t *folder, const char *path, const void *content, uint64_t bytes);
bool virtio_folder_create(uint64_t base_addr, uint32_t irq, virtio_folder_t *folder);
void virtio_folder_destroy(virtio_folder_t *folder);
int virtio_folder_read(virtio_folder_t *folder, const char *path, uint64_t offset, void *to,
                       uint32_t max_len);
virtio_folder_t *virtio_folder_of_vm(uint32_t vm_id);

/*
 * A balloon, one per VM. memory[0 .. bytes), provided by Avatar, aligned to 4, in use until the balloon is
 * destroyed, and not writable by a guest, has one bit per page of 4096 bytes of virtio_vm_memory: 32 KiB for
 * 1 GiB. set_target: requests pages from the guest, which follows in its own time; 0, or -1: more than it
 * has, or its VM does not exist yet. pages: number of pages in the balloon. in_use: whether a device of the
 * guest still accesses these bytes, for an earlier request or a ring; check it before the pages are reused.
 */
virtio_balloon_t *virtio_balloon_create(uint64_t base_addr, uint32_t irq, void *memory, uint64_t bytes);
void virtio_balloon_destroy(virtio_balloon_t *balloon);
int virtio_balloon_set_target(virtio_balloon_t *balloon, uint32_t pages);
uint32_t virtio_balloon_pages(const virtio_balloon_t *balloon);
bool virtio_balloon_in_use(virtio_balloon_t *balloon, uint64_t guest, uint64_t bytes);
virtio_balloon_t *virtio_balloon_of_vm(uint32_t vm_id);

/*
 * Provided by Avatar, with weak defaults that do nothing; called from a device, and must not call functions
 * of this header. released: the guest has returned these bytes, at guest address `guest` and host address
 * `host`, and its devices cannot access them any more. claimed: the guest takes them back and uses them after
 * the return. reset: the guest has all of its memory again.
 */
void virtio_balloon_released(struct _vm_t *vm, uint64_t guest, uint64_t bytes, void *host);
void virtio_balloon_claimed(struct _vm_t *vm, uint64_t guest, uint64_t bytes, void *host);
void virtio_balloon_reset(struct _vm_t *vm);

#endif
