/* SPDX-License-Identifier: MIT */
#ifndef VWR_MEM_H
#define VWR_MEM_H

#include "vwr/array.h"
#include "vwr/bytes.h"
#include "vwr/client/mem.h"
#include "vwr/message.h"

VWR_BEGIN_C

/**
 * DOC: Memory device, driver side
 *
 * The device has a region of guest memory that consists of blocks, and requests a size. The driver plugs
 * blocks until this size is plugged, or unplugs blocks. Hooks of the caller take blocks into use, and give
 * them back::
 *
 *     r = vwr_mem_open(m, d, options);
 *     while ((r = vwr_mem_poll(m)) == 1) // after an interrupt, or now and then
 *         wait_for_interrupt();          // vwr_mem_arm()
 *     // VWR_OK: m->plugged == m->client.info.requested_size
 *     // VWR_EBUSY: the device is busy, or no block can be given back; poll again later
 *
 * A request plugs or unplugs up to options->step blocks, and a call of vwr_mem_poll() sends one request.
 *
 * Rules:
 *
 * - The system may access a block from the call of @use until @give_back agrees, and at no other time. The
 *   contents of a block are undefined when it comes into use.
 * - The map has a bit for each block of the region, which is set while the block is in use. vwr_mem_poll()
 *   plugs the lowest blocks of the usable region, and unplugs the highest ones that @give_back agrees to.
 * - Blocks that are plugged when the device is opened are unplugged first. With options->adopt, they are
 *   taken into use instead, for a system that was started in them.
 * - A reset does not unplug blocks. After a recovery, vwr_mem_poll() asks the device for the state of all
 *   blocks. It takes plugged blocks into use that were not, and calls @lost for blocks that are not plugged
 *   any more.
 * - Without PERSISTENT_SUSPEND, the device may unplug blocks while the system is suspended, see
 *   vwr_mem_may_suspend().
 * - The device has one owner at a time.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Memory Device.
 */

/** VWR_MEM_QUEUE - Number of descriptors of the request queue, a power of 2 */
#ifndef VWR_MEM_QUEUE
#define VWR_MEM_QUEUE 8u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_MEM_QUEUE), "VWR_MEM_QUEUE must be a power of 2");

#define VWR_MEM_REQUESTS 1u

/** VWR_MEM_STEP - Number of blocks of a request if options->step is 0 */
#ifndef VWR_MEM_STEP
#define VWR_MEM_STEP 16u
#endif
VWR_STATIC_ASSERT(VWR_MEM_STEP > 0 && VWR_MEM_STEP <= 65535u, "VWR_MEM_STEP must be 1 to 65535");

/** VWR_MEM_BLOCKS - Maximum number of blocks of a device that vwr_open() opens */
#ifndef VWR_MEM_BLOCKS
#define VWR_MEM_BLOCKS 4096u
#endif

/**
 * VWR_MEM_WORDS() - Size of a map in 32-bit words
 * @blocks: Number of blocks of the region.
 */
#define VWR_MEM_WORDS(blocks) (((blocks) + 31u) / 32u)

/**
 * struct vwr_mem_shared - Shared memory (see struct vwr_queue_memory); it need not be initialised
 * @queue: Request queue.
 */
struct vwr_mem_shared {
    uint8_t queue[VWR_CLIENT_SHARED_BYTES(VWR_MEM_QUEUE, VWR_MEM_REQUESTS, VWR_MEM_CLIENT_GUEST_REQUEST_SLOT,
                                          1u)] __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
};

struct vwr_mem;

/**
 * struct vwr_mem_ops - Hooks of the caller; each may be NULL
 * @use: Blocks are plugged; the caller may use them.
 * @give_back: A block is about to be unplugged. Returns true if the caller does not use it any more. If the
 *   device does not unplug it, @use is called again. NULL: always true.
 * @lost: Blocks in use were unplugged by the device, and their contents are lost.
 *
 * @addr is a guest-physical address, and @bytes a number of whole blocks; for @give_back it is one block. The
 * hooks are called in vwr_mem_poll(), and must not call functions of this device.
 */
struct vwr_mem_ops {
    void (*use)(struct vwr_mem *m, uint64_t addr, uint64_t bytes);
    bool (*give_back)(struct vwr_mem *m, uint64_t addr, uint64_t bytes);
    void (*lost)(struct vwr_mem *m, uint64_t addr, uint64_t bytes);
};

/**
 * struct vwr_mem_options - Options of vwr_mem_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @ops: Hooks; NULL: the caller reads the map.
 * @context: Stored in the device.
 * @map: Map of the blocks, in private memory. It need not be initialised, and must remain valid as long as
 *   @shared.
 * @map_count: Number of entries in @map, at least VWR_MEM_WORDS() of the region's blocks.
 * @step: Maximum number of blocks of a request, up to 65535; 0: VWR_MEM_STEP.
 * @adopt: Take blocks into use that are plugged when the device is opened.
 * @avoid: Features that the driver must not accept.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other
 *   members.
 */
struct vwr_mem_options {
    struct vwr_mem_shared *shared;
    const struct vwr_mem_ops *ops;
    void *context;
    uint32_t *map;
    uint32_t map_count;
    uint32_t step;
    bool adopt;
    struct vwr_features avoid;
    struct vwr_request_options request;
};

/* What the driver does next; private. */
enum vwr_mem_stage { VWR_MEM_CLEARS, VWR_MEM_COMPARES, VWR_MEM_FOLLOWS };

/**
 * struct vwr_mem - A memory device
 * @bringup: Bring-up, which is the first member of @client.
 * @client: Generated client. client.info is the configuration, as read by the last vwr_mem_poll(): the region
 *   is at info.addr, and has info.region_size bytes in blocks of info.block_size. With ACPI_PXM,
 *   info.node_id is its proximity domain.
 * @context: For the caller.
 * @plugged: Number of bytes in use.
 * @block_bytes: Size of a block.
 * @blocks: Number of blocks of the region, and of bits in the map.
 * @refused: Requests that the device has not executed, because it was busy or did not want to.
 * @lost: Blocks that were lost.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_mem {
    union {
        struct vwr_bringup bringup;
        struct vwr_mem_client client;
    };
    void *context;
    uint64_t plugged;
    uint64_t block_bytes;
    uint32_t blocks;
    vwr_count refused;
    vwr_count lost;
    /* private: */
    struct vwr_mem_options options;
    enum vwr_mem_stage stage;
    uint64_t addr;         /* of the region */
    uint8_t shift;         /* log2 of the size of a block */
    uint8_t sent;          /* enum vwr_mem_request_type of the call */
    bool waits;            /* the answer to the call has not been handled */
    uint32_t first, count; /* blocks of the call */
    uint32_t at;           /* the state of the blocks from this one on is not known */
    uint32_t span;         /* maximum number of blocks of the next STATE request */
    uint32_t kept;         /* blocks from this one on were not given back */
    struct vwr_mem_client_guest_request_call call;
    uint64_t own[(VWR_REQUEST_OWN_BYTES(VWR_MEM_QUEUE, VWR_MEM_REQUESTS) + 7u) / 8u];
};

/**
 * vwr_mem_open() - Open a memory device
 * @m: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK: the device is live, and no block is in use.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not a memory device.
 * * VWR_EINVAL: options.step is too large.
 * * VWR_ENOMEM: the map is too small for the region; vwr_dev_explain() describes the error.
 * * VWR_EPROTO: the configuration is not possible, or a recovery has found another region.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_mem_open(struct vwr_mem *m, struct vwr_dev *d, const struct vwr_mem_options *options);

/** vwr_mem_bringup - Class of memory devices, for vwr/bringup.h */
extern const struct vwr_bringup_class vwr_mem_bringup;

/**
 * vwr_mem_poll() - Handle an answer, and send the next request
 * @m: Device.
 *
 * If no request is in flight, the call reads the configuration first. It calls the hooks.
 *
 * Return: 1: a request is in flight. VWR_OK: the requested size is plugged.
 * * VWR_EBUSY: the device has not executed the request, or @give_back has agreed to no block; poll again
 *   later.
 * * VWR_EIO: the device considers a request invalid; the next calls compare the blocks with the device.
 * * VWR_EPROTO: an answer or the configuration is not possible. The next calls compare the blocks, unless the
 *   queue is stopped.
 * * Other errors: the same as vwr_request_reap(), vwr_request_submit() and vwr_bringup_read_info().
 */
VWR_MUST_CHECK int vwr_mem_poll(struct vwr_mem *m);

/**
 * vwr_mem_arm() - Enable the interrupt for the answer
 * @m: Device.
 *
 * The device reports a change of the requested size by an interrupt in any case.
 *
 * Return: true: the interrupt is enabled. false: the device may have answered already; poll again.
 */
VWR_MUST_CHECK bool vwr_mem_arm(struct vwr_mem *m);

/**
 * vwr_mem_is_in_use() - Test whether a block is in use
 * @m: Device.
 * @block: Number of the block in the region.
 *
 * Return: true if it is.
 */
VWR_MUST_CHECK bool vwr_mem_is_in_use(const struct vwr_mem *m, uint32_t block);

/**
 * vwr_mem_may_suspend() - Test whether the system may be suspended
 * @m: Device.
 *
 * Return: true if PERSISTENT_SUSPEND is negotiated, or no block is plugged. Otherwise the system has to get
 *   along without the blocks first.
 */
VWR_MUST_CHECK bool vwr_mem_may_suspend(const struct vwr_mem *m);

/** vwr_mem_explain() - Describe the last fault of the device or a queue; see vwr_dev_explain() */
static inline size_t vwr_mem_explain(const struct vwr_mem *m, char *text, size_t bytes)
{
    return vwr_bringup_explain(&m->bringup, &vwr_request_messages, vwr_mem_feature_names, text, bytes);
}

/**
 * struct vwr_mem_open_own - Private memory of a memory device for vwr_open()
 * @mem: Device; the first member.
 * @map: Map of the blocks.
 */
struct vwr_mem_open_own {
    struct vwr_mem mem;
    uint32_t map[VWR_MEM_WORDS(VWR_MEM_BLOCKS)];
};

/**
 * struct vwr_mem_open_shared - Shared memory of a memory device for vwr_open()
 * @queues: Queues.
 */
struct vwr_mem_open_shared {
    struct vwr_mem_shared queues;
};

/** vwr_mem_open_default() - Open a memory device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_mem_open_default(void *own, void *shared, struct vwr_dev *d,
                                                      const struct vwr_features *avoid)
{
    struct vwr_mem_open_own *const o = (struct vwr_mem_open_own *)own;
    struct vwr_mem_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_mem_shared *)shared;
    options.map = o->map;
    options.map_count = VWR_COUNT(o->map);
    return vwr_mem_open(&o->mem, d, &options);
}

VWR_END_C

#endif
