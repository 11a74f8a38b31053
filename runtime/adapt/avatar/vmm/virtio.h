/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#ifndef __VIRTIO_H__
#define __VIRTIO_H__

#include "avatar_types.h"
#include "exception.h"
#include "os_cfg.h"
#include "vmm/vm.h"

/*
 * Avatar's VirtIO devices for guests over Virtwright: in the place of its include/vmm/virtio.h and
 * vmm/vdev/virtio. The names are Avatar's; no register names and no ring structures here, since nobody but
 * the library touches a guest's ring.
 *
 * Devices answer at VIRTIO_MMIO_BASE + 64 KiB x VM + 4 KiB x device and have interrupt 48 + 8 x VM + device.
 * The guest is not trusted: what it puts into registers and rings is checked, and a guest that lies stops its
 * own device until it resets it.
 *
 * Context: one caller at a time, for all calls of this header, with interrupts masked once
 * avatar_virtio_block_enable_irq was called; none of them waits. What a guest's block device is asked for is
 * done by the disk's interrupt, or avatar_virtio_block_poll. All memory is static.
 * Sections of the specification: Virtio Over MMIO; Console Device; Block Device; Network Device; GPU Device;
 * Traditional Memory Balloon Device. A folder's protocol is 9P2000.L.
 */

#define VIRTIO_ID_NET 1
#define VIRTIO_ID_BLOCK 2
#define VIRTIO_ID_CONSOLE 3
#define VIRTIO_ID_RNG 4
#define VIRTIO_ID_BALLOON 5
#define VIRTIO_ID_SCSI 8
#define VIRTIO_ID_9P 9
#define VIRTIO_ID_GPU 16

#define VIRTIO_MMIO_VM_SIZE 0x10000 /* not the specification's but Avatar's */
#define VIRTIO_MMIO_SIZE 0x1000     /* not the specification's but Avatar's */
#define VIRTIO_IRQ_BASE 48
#define VIRTIO_VM_IRQS 8 /* and so many devices, of each VM */

#define VIRTIO_MMIO_INT_VRING 1
#define VIRTIO_MMIO_INT_CONFIG 2

/* Configuration: before this header is read, by -D for all of the tree (CFLAGS_EXTRA), or here. */
#ifndef VIRTIO_MMIO_BASE
#define VIRTIO_MMIO_BASE 0x0a000000ULL /* the first VM's window */
#endif
#ifndef VIRTIO_VM_MAX
#define VIRTIO_VM_MAX VM_NUM_MAX /* VMs: 0 .. VIRTIO_VM_MAX - 1 */
#endif
#ifndef VIRTIO_QUEUE_NUM_MAX
#define VIRTIO_QUEUE_NUM_MAX 256 /* not the specification's: descriptors of a queue, a power of 2 */
#endif
#ifndef VIRTIO_DEVICE_QUEUES
#define VIRTIO_DEVICE_QUEUES 5 /* queues of a device at most: a network device of two pairs has 5 */
#endif
#ifndef VIRTIO_CHAIN_MAX
#define VIRTIO_CHAIN_MAX 16 /* segments of one chain that virtio_queue_pop takes */
#endif
#ifndef VIRTIO_CHAINS_MAX
#define VIRTIO_CHAINS_MAX                                                            \
    4 /* buffers of a queue that are taken with pop and not yet given back with push \
       */
#endif
#ifndef VIRTIO_CONSOLE_BUFFER
#define VIRTIO_CONSOLE_BUFFER 1024 /* not the specification's: characters, each way */
#endif
#ifndef VIRTIO_LEGACY
#define VIRTIO_LEGACY 0 /* 1: guests see version 1 of the registers */
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

/* A segment of a chain that was popped: `addr` is where it is for us, and may be read or written. */
#define VIRTQ_DESC_F_NEXT 1
#define VIRTQ_DESC_F_WRITE 2
typedef struct virtq_desc {
    uint64_t addr;
    uint32_t len;
    uint16_t flags; /* VIRTQ_DESC_F_WRITE: the guest reads what we write; NEXT: not the last */
    uint16_t next;
} virtq_desc_t;

/* A queue of a device, for virtio_queue_*. `num` and `ready` are what the guest has set, to look at. */
typedef struct virtqueue {
    uint32_t num;
    uint32_t ready;
    virtio_device_t *dev;
    uint32_t index;
} virtqueue_t;

/*
 * A device. What a new one sets after virtio_create_device: device_features, config, config_len,
 * queue_notify, reset, and perhaps version, vendor_id and num_queues; before its guest's first access. The
 * rest is for looking at, as it was when virtio_find_device_by_addr or virtio_debug_device was called last;
 * the queues and driver_features are right within queue_notify too.
 */
struct virtio_device {
    uint32_t device_id;
    uint32_t vendor_id;
    uint32_t version; /* of the registers: 2, or 1 (legacy) */

    uint64_t device_features; /* those of this kind of device; the ring's and the transport's come besides */
    uint64_t driver_features;

    uint8_t status;
    uint32_t interrupt_status;

    virtqueue_t *queues;
    uint32_t num_queues; /* at most VIRTIO_DEVICE_QUEUES */

    void *config; /* in the guest's byte order; may be NULL */
    uint32_t config_len;

    /* There are buffers in a queue: take them with virtio_queue_pop. */
    void (*queue_notify)(virtio_device_t *dev, uint32_t queue_idx);
    /* The guest has reset the device: what was popped is void. May be NULL. */
    void (*reset)(virtio_device_t *dev);

    struct _vm_t *vm; /* NULL before virtio_vm_init of its VM */
    uint64_t base_addr;
    uint32_t irq;
};

/* A region of a guest's memory: its address for the guest, and for us. */
typedef struct virtio_memory {
    uint64_t guest;
    uint64_t bytes;
    void *host;
} virtio_memory_t;

#define VIRTIO_MEMORY_MAX 4

/*
 * The tree's: which memory a guest may let its devices access, into memory[0 .. max); how many regions. There
 * is a weak one for a stage 2 that maps one to one, as Avatar's: GUEST_RAM_START to GUEST_RAM_END.
 */
uint32_t virtio_vm_memory(struct _vm_t *vm, virtio_memory_t *memory, uint32_t max);

/*
 * The tree's: the VM whose vCPU runs now, or NULL if that is not known. A VM does not reach the devices of
 * another one. The weak one asks curr_task_el2.
 */
struct _vm_t *virtio_current_vm(void);

/* At the start of the system. */
void virtio_subsystem_init(void);

/*
 * Which devices a VM gets at virtio_vm_init: a console if nothing is said. A block device is a window of a
 * disk of the frontend, and virtio_configure_vm_disk says of which, from which sector on and how many (0: to
 * the end). Without that call there is no block device, and a line that says so: Avatar itself has the first
 * disk mounted. The network devices of all VMs are ports of one switch.
 */
void virtio_configure_vm(uint32_t vm_id, bool enable_console, bool enable_block, bool enable_net);
void virtio_configure_vm_disk(uint32_t vm_id, uint32_t disk, uint64_t first, uint64_t sectors,
                              bool read_only);

/*
 * More devices of a VM, and more of one: before its virtio_vm_init. What `memory` is, how much of it is
 * needed and who may use it stands at the calls that create these devices; NULL: no such device, as without
 * the call. pairs: of its network device, 1 without the call.
 */
void virtio_configure_vm_net_pairs(uint32_t vm_id, uint32_t pairs);
void virtio_configure_vm_screen(uint32_t vm_id, uint32_t width, uint32_t height, void *memory,
                                uint64_t bytes);
void virtio_configure_vm_folder(uint32_t vm_id, virtio_folder_t *folder);
void virtio_configure_vm_balloon(uint32_t vm_id, void *memory, uint64_t bytes);

/*
 * Makes the devices of a VM that is made, with its vCPUs and its vGIC. Those of your own that were created
 * for its addresses, before or after, belong to it too.
 */
void virtio_vm_init(struct _vm_t *vm, uint32_t vm_id);

/*
 * When a VM is made, beside mmio_map_pl011: the windows of all VMs fault, from VIRTIO_MMIO_BASE on, 64 KiB
 * for each. Whatever was passed through to a guest there is not any more.
 */
void mmio_map_virtio(void);

/*
 * From data_abort_handler: true if the fault was in one of the windows, and then it has been dealt with.
 * Where no device of the running VM answers, a read is 0 and a write has no effect. An instruction that the
 * syndrome does not tell (its valid bit is clear: a pair, a vector register) is not carried out: the guest
 * takes a synchronous external abort. What calls data_abort_handler goes on behind the instruction then.
 */
bool handle_virtio(stage2_fault_info_t *info, trap_frame_t *el2_ctx);

/*
 * The same for a handler of the tree's own: a guest's access of 1, 2 or 4 bytes (`size`) at the
 * guest-physical `fault_addr`. True: it was a device's, and a read's answer is in *value. False: nobody's, or
 * another VM's than the one that runs. handle_virtio_mmio_access does not ask who runs.
 */
bool virtio_handle_mmio_trap(uint64_t fault_addr, uint32_t *value, bool is_write, uint32_t size);
bool handle_virtio_mmio_access(uint64_t addr, uint32_t *value, bool is_write, uint32_t size);

/* The same at an offset of one device. */
bool virtio_mmio_read(virtio_device_t *dev, uint64_t offset, uint32_t *value, uint32_t size);
bool virtio_mmio_write(virtio_device_t *dev, uint64_t offset, uint32_t value, uint32_t size);

/* What is where, and how each VM is configured; all devices, a line each; all there is to say of one. */
void virtio_print_device_info(void);
void virtio_list_all_devices(void);
void virtio_debug_device(virtio_device_t *dev);

/*
 * A device of your own at one of its VM's addresses. NULL with a word: no such address, it is taken, or no
 * place. virtio_next_place finds an address and its interrupt that are free.
 */
virtio_device_t *virtio_create_device(uint32_t device_id, uint64_t base_addr, uint32_t irq);
void virtio_destroy_device(virtio_device_t *dev);
virtio_device_t *virtio_find_device_by_addr(uint64_t addr);
bool virtio_next_place(uint32_t vm_id, uint64_t *base_addr, uint32_t *irq);
void virtio_global_init(void); /* forgets all devices; virtio_subsystem_init does it */

/*
 * Within queue_notify, or whenever something has come up for the guest. available: is there a buffer? pop:
 * takes it, its segments into desc_chain[0 .. VIRTIO_CHAIN_MAX), how many into *desc_count; what to push it
 * back by, -1: none, or VIRTIO_CHAINS_MAX are out. push: `len` bytes were written into it from the first on.
 * notify: the guest is interrupted, if it wants that.
 */
bool virtio_queue_available(virtqueue_t *vq);
int virtio_queue_pop(virtqueue_t *vq, virtq_desc_t *desc_chain, uint32_t *desc_count);
void virtio_queue_push(virtqueue_t *vq, uint32_t desc_idx, uint32_t len);
void virtio_queue_notify(virtio_device_t *dev, uint32_t queue_idx);

/* int_type: VIRTIO_MMIO_INT_VRING; VIRTIO_MMIO_INT_CONFIG: config has changed. */
void virtio_inject_irq(virtio_device_t *dev, uint32_t int_type);

/*
 * A console, 80 x 24. input: characters for the guest; what it does not take waits, and what has no room then
 * is lost, with a word. output: takes up to `max_len` of those that the guest has written. Before its first
 * call for a console (with max_len 0, and NULL, if that is to be said early) nobody reads it: the last
 * VIRTIO_CONSOLE_BUFFER characters are kept, older ones are dropped and counted, and the guest goes on. From
 * then on no character is lost: while there is no room for more the guest waits. dropped: how many were.
 */
virtio_console_t *virtio_console_create(uint64_t base_addr, uint32_t irq);
void virtio_console_destroy(virtio_console_t *console);
void virtio_console_input(virtio_console_t *console, const char *data, uint32_t len);
uint32_t virtio_console_output(virtio_console_t *console, char *buffer, uint32_t max_len);
uint64_t virtio_console_dropped(const virtio_console_t *console);
virtio_console_t *virtio_console_of_vm(uint32_t vm_id);

/*
 * What the guests have written, to Avatar's own console: up to 64 characters of each VM in one call. For the
 * timer's tick; it reads all consoles, so a guest waits if it is called and then no more.
 */
void virtio_console_print(void);

/*
 * A disk for a guest: `sectors` of 512 bytes from `first` on of a disk of the frontend; 0: to its end. Whole
 * blocks of that disk, whose size the guest sees.
 */
virtio_block_t *virtio_block_create(uint64_t base_addr, uint32_t irq, uint32_t disk, uint64_t first,
                                    uint64_t sectors, bool read_only);
void virtio_block_destroy(virtio_block_t *block);

/*
 * A network device, a port of the switch between the VMs, with an address that no other has, and `pairs`
 * pairs of queues: VIRTIO_DEVICE_QUEUES is 2 for one pair, and 1 more than 2 for each of several. A frame for
 * a guest that has no room waits in the ring of the guest that sends it. tick: for the timer's tick. Each
 * second the switch forgets addresses that have not been heard of for long, and finds guests that keep others
 * waiting: frames for these are dropped.
 */
virtio_net_t *virtio_net_create(uint64_t base_addr, uint32_t irq, const uint8_t mac[VIRTIO_MAC_SIZE],
                                uint32_t pairs);
void virtio_net_destroy(virtio_net_t *net);
void virtio_net_tick(void);

/*
 * A screen of `width` x `height` pixels. The guest's images lie in memory[0 .. bytes), which is the tree's,
 * aligned to 64, used until the screen is destroyed, and not where a guest can write: 4 bytes a pixel, for
 * two images of the screen's size and one more of 64 x 64. Guests see version 2 of its registers, whatever
 * VIRTIO_LEGACY is. draw: copies what it shows to a framebuffer of 4 bytes a pixel, blue first, `stride`
 * bytes from a row to the next; what lies outside of it is left out. True: the guest has drawn since the last
 * call, or shows something else; false: the framebuffer is as it was. pixels: what it shows, where it lies;
 * false: nothing.
 */
typedef struct virtio_pixels {
    const void *base;
    uint32_t stride; /* bytes */
    uint32_t width;
    uint32_t height;
    uint32_t format; /* the specification's number of it */
} virtio_pixels_t;

virtio_screen_t *virtio_screen_create(uint64_t base_addr, uint32_t irq, uint32_t width, uint32_t height,
                                      void *memory, uint64_t bytes);
void virtio_screen_destroy(virtio_screen_t *screen);
bool virtio_screen_draw(virtio_screen_t *screen, void *framebuffer, uint32_t stride, uint32_t width,
                        uint32_t height);
bool virtio_screen_pixels(const virtio_screen_t *screen, virtio_pixels_t *pixels);
virtio_screen_t *virtio_screen_of_vm(uint32_t vm_id);

/*
 * A folder that one guest mounts by `tag`, 1 to 32 characters. init: an empty one; NULL with a word: it
 * cannot be, or VIRTIO_VM_MAX are in use. Its files lie in memory[0 .. bytes), which is the tree's, aligned
 * to 8, used until the folder is destroyed, and not where a guest can write; there may be as many files as
 * that has blocks of 8 KiB, 16 at least. add: a file at a path such as "etc/motd", before a guest uses the
 * folder; 0, or -1 with a word. Its content is not copied, and stays in use. create: its device. read: up to
 * `max_len` bytes of a file from `offset` on: how many; -1: there is no such file. What a guest has written
 * stays when it starts again. of_vm: that virtio_configure_vm_folder gave it.
 */
virtio_folder_t *virtio_folder_init(const char *tag, void *memory, uint64_t bytes);
int virtio_folder_add(virtio_folder_t *folder, const char *path, const void *content, uint64_t bytes);
bool virtio_folder_create(uint64_t base_addr, uint32_t irq, virtio_folder_t *folder);
void virtio_folder_destroy(virtio_folder_t *folder);
int virtio_folder_read(virtio_folder_t *folder, const char *path, uint64_t offset, void *to,
                       uint32_t max_len);
virtio_folder_t *virtio_folder_of_vm(uint32_t vm_id);

/*
 * A balloon; one of a VM. memory[0 .. bytes), which is the tree's, aligned to 4, used until the balloon is
 * destroyed, and not where a guest can write, has a bit for each page of 4096 bytes that virtio_vm_memory
 * says: 32 KiB for 1 GiB. set_target: how many pages are wanted of the guest, which follows when it can; 0,
 * or -1: it has not as many, or its VM is not there yet. pages: how many it has given. in_use: a device of
 * the guest works with these bytes still, by a request that began before they were given, or by a ring;
 * whoever hands pages on asks first.
 */
virtio_balloon_t *virtio_balloon_create(uint64_t base_addr, uint32_t irq, void *memory, uint64_t bytes);
void virtio_balloon_destroy(virtio_balloon_t *balloon);
int virtio_balloon_set_target(virtio_balloon_t *balloon, uint32_t pages);
uint32_t virtio_balloon_pages(const virtio_balloon_t *balloon);
bool virtio_balloon_in_use(virtio_balloon_t *balloon, uint64_t guest, uint64_t bytes);
virtio_balloon_t *virtio_balloon_of_vm(uint32_t vm_id);

/*
 * The tree's, with a weak one each that does nothing; called while a device works, and may call nothing of
 * this header. released: the guest has given these bytes, at `guest` for it and at `host` for us, and no
 * device of it finds them any more. claimed: it takes them back, and has them when this returns. reset: it
 * has all of its memory again.
 */
void virtio_balloon_released(struct _vm_t *vm, uint64_t guest, uint64_t bytes, void *host);
void virtio_balloon_claimed(struct _vm_t *vm, uint64_t guest, uint64_t bytes, void *host);
void virtio_balloon_reset(struct _vm_t *vm);

#endif
