/* SPDX-License-Identifier: MIT */
#ifndef VWR_MONITOR_H
#define VWR_MONITOR_H

#include "vwr/array.h"
#include "vwr/features.h"
#include "vwr/ring.h"
#include "vwr/tables.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/rules.h"

VWR_BEGIN_C

/**
 * DOC: The monitor
 *
 * The monitor observes a driver and a device, and reports each violation of the specification: the clause,
 * the side at fault, what was seen and where. It changes nothing, so both sides behave as they would without
 * it. spec/rules.yaml lists the rules, and generated/docs/rules.md describes them.
 *
 * The caller reports each access to the registers of virtio-mmio or to the structures of virtio-pci, and each
 * interrupt. It calls vwr_monitor_look() whenever a side may have changed memory. If the monitor can read
 * guest memory, it follows every buffer from the available ring to the used ring, in split and packed rings.
 * Otherwise it checks registers only.
 *
 * The monitor reads the rings only during a look. If the caller calls vwr_monitor_look() before and after the
 * device runs, the monitor misses nothing. It does not judge buffers that were added and used between two
 * looks. Rather than guess, it stops following the queue (@lost of struct vwr_monitor).
 *
 * An observer of a transport without registers, such as a vhost-user proxy, reports features and rings
 * instead (vwr_monitor_set_features(), vwr_monitor_start()). If both sides may run during a look, set @live
 * in the setup.
 *
 * The monitor never writes to guest memory, and it copes with contents that are invalid or change at any
 * time.
 */

/** VWR_MONITOR_CONFIG - Number of configuration bytes that the monitor remembers */
#define VWR_MONITOR_CONFIG 96u

/** VWR_MONITOR_NO_QUEUE - Used in a finding that does not concern a queue */
#define VWR_MONITOR_NO_QUEUE 0xffffu

/**
 * enum vwr_monitor_doubt - What is uncertain about a finding
 * @VWR_MONITOR_CERTAIN: Nothing. The side that the rule names has broken the rule.
 * @VWR_MONITOR_EITHER: The memory is wrong, and the monitor did not see which side wrote it. The other side
 *   may be at fault instead of the one that the rule names.
 * @VWR_MONITOR_PARTIAL: An address is not in the view of memory, which may be incomplete (vwr_monitor_see()).
 * @VWR_MONITOR_ENDED: Something was missing when memory was copied (vwr_monitor_see()). It may have been
 *   about to happen, or it was not recorded.
 */
enum vwr_monitor_doubt {
    VWR_MONITOR_CERTAIN = 0,
    VWR_MONITOR_EITHER,
    VWR_MONITOR_PARTIAL,
    VWR_MONITOR_ENDED
};

/**
 * struct vwr_monitor_finding - A broken rule
 * @rule: enum vwr_rule_number; vwr_rules[@rule] contains the clause, side and section.
 * @queue: Queue, or VWR_MONITOR_NO_QUEUE.
 * @doubt: enum vwr_monitor_doubt: what is uncertain.
 * @place: Descriptor, register or configuration byte, as defined by the rule's text.
 * @a: First value in the rule's text.
 * @b: Second value in the rule's text.
 */
struct vwr_monitor_finding {
    uint16_t rule;
    uint16_t queue;
    uint8_t doubt;
    uint32_t place;
    uint64_t a;
    uint64_t b;
};

/**
 * struct vwr_monitor_entry - Memory for one descriptor of a queue; private
 *
 * Entry i belongs to descriptor i and to the chain whose head or buffer ID is i.
 */
struct vwr_monitor_entry {
    /* private: */
    uint32_t writable; /* of the chain: number of device-writable bytes */
    uint32_t sum;      /* of the descriptor, as it was made available */
    uint16_t count;    /* of the chain: descriptors in the ring; 0: not in flight */
    uint16_t next;     /* of the descriptor: the next descriptor of its chain */
    uint16_t owner;    /* of the descriptor: its chain; VWR_MONITOR_NO_QUEUE: none */
    uint16_t order;    /* position of the chain in the order in which chains became available */
    uint16_t slot;     /* entry of the available ring at this position, when last read */
    uint64_t data;     /* of the chain, for a network card: its first device-writable segment */
};

/**
 * struct vwr_monitor_vector - An MSI-X vector of a queue or of the configuration; private
 */
struct vwr_monitor_vector {
    /* private: */
    uint16_t value;
    bool is_set;    /* written or read since the last reset */
    bool is_unread; /* the driver wrote it and has not read it back */
};

/**
 * struct vwr_monitor_queue - A queue; private
 */
struct vwr_monitor_queue {
    /* private: */
    struct vwr_monitor_entry *entry;
    uint64_t addr[3]; /* descriptors, driver area, device area */
    uint32_t area_bytes[3];
    uint64_t low, span; /* of a range that contains all areas */
    const void *area[3];
    const void *mark[2]; /* words of the ring that have changed if a look has something to do */
    vwr_le16 marked[2];  /* values of these words after the last look */
    uint32_t size, max, align, pfn;
    uint32_t in_flight, covered; /* number of chains and of their descriptors */
    uint32_t kicks;              /* number of notifications since the queue started */
    struct vwr_packed_cursor avail, used;
    uint16_t avail_idx, used_idx, first, last;
    uint16_t event;
    bool ready, touched, followed, packed;
    bool expects_kick, expects_interrupt, has_new, is_quiet;
    bool is_kick_due; /* expects_kick, and the device has not run since the buffers became available */
    bool is_marked;   /* @mark is known */
    bool is_late;     /* vwr_monitor_see(): the queue's registers were judged earlier */
    bool waits;       /* the queue was lost or left, and is followed again */
    uint32_t doubt;   /* packed: number of used descriptors until the device's position is certain */
    uint32_t unknown; /* number of buffers in flight that the monitor has not seen, because it returned to the
                         queue later */
    uint16_t from;    /* the driver's position at that time */
    bool has_gap;     /* @from is valid */
    uint8_t set;      /* registers that were written: one bit for each area and one for the size */
    bool has_max, was_reset, stops, resets, kicked_idle, has_notify_data;
    bool counts;   /* maximum number of segments, for a disk with a limit */
    bool is_sound; /* its setup broke no rule, so the device has to accept it */
    bool is_odd;   /* the driver wrote a value after which QueueReady and QueueReset may have any value */
    struct vwr_monitor_vector vector;
    uint16_t notify_data; /* value of the queue's notifications */
    uint16_t more;        /* for a network card: number of buffers that still belong to the last packet */
    bool is_lost;         /* for a network card: it is unknown which buffer begins a packet */
};

/**
 * struct vwr_monitor_ring - A queue of a transport without registers
 * @desc: Guest address of the descriptors.
 * @driver: Guest address of the driver area.
 * @device: Guest address of the device area.
 * @size: Number of descriptors.
 * @base: Available index at which the device resumes. In a packed ring, the monitor finds the position
 *   itself.
 */
struct vwr_monitor_ring {
    uint64_t desc;
    uint64_t driver;
    uint64_t device;
    uint32_t size;
    uint16_t base;
};

/** VWR_MONITOR_SPACE - Number of PCI configuration space bytes that the monitor remembers */
#define VWR_MONITOR_SPACE 256u

/**
 * struct vwr_monitor_space - The configuration space of a PCI function; private
 */
struct vwr_monitor_space {
    /* private: */
    uint8_t byte[VWR_MONITOR_SPACE];
    uint32_t known[VWR_MONITOR_SPACE / 32u]; /* one bit for each byte */
    uint32_t mask[6];                        /* mask of each BAR, as read after all ones were written */
    uint8_t asked, sized; /* one bit for each BAR to which ones were written, and one for each known mask */
    bool is_whole;        /* the whole list of capabilities was read and judged */
    bool is_plain; /* the whole list of extended capabilities was read, and contains no SR-IOV capability */
    uint16_t extended;  /* offset of the next extended capability; 0: the first one */
    uint16_t functions; /* offset of the SR-IOV capability; 0: not seen */
};

/**
 * struct vwr_monitor_range - Guest memory that is contiguous in the host; private
 */
struct vwr_monitor_range {
    /* private: */
    uint64_t addr;
    uint64_t bytes; /* 0: none */
    const uint8_t *host;
};

struct vwr_monitor;

/**
 * typedef vwr_monitor_report - Receives a finding
 *
 * It is called by the monitor function that made the finding, and must not call the monitor.
 */
typedef void vwr_monitor_report(void *context, const struct vwr_monitor *m,
                                const struct vwr_monitor_finding *f);

/**
 * typedef vwr_monitor_run - Translates a guest address
 *
 * The function stores the host address of @addr and returns the number of contiguous bytes there; 0: the
 * address is not in guest memory. A VMM can call vwr_memory_run() here. The result must stay valid until a
 * queue is started or stopped. If the guest memory changes, restart the monitor or call vwr_monitor_stop()
 * first.
 */
typedef uint64_t vwr_monitor_run(void *context, uint64_t addr, const void **host);

/**
 * struct vwr_monitor_setup - Setup of a monitor
 * @legacy: The device has the legacy interface.
 * @thorough: At each look, compare the rings with their previous contents. The monitor then knows which side
 *   changed memory that the other side owns. Otherwise the monitor compares the chains of a split ring only
 *   when they are used, and does not know which side changed a chain.
 * @live: Both sides run while the monitor looks. The monitor judges only what cannot have changed while it
 *   was read, and does not judge notifications or interrupts. It resumes following a lost queue at its next
 *   look, but for a packed ring only once no buffer is in flight.
 * @one_in: Follow the rings for about one in this many notifications, up to 65535, chosen at random. The
 *   monitor judges all buffers of such a notification, and does not read the rings in between. It always
 *   follows registers and the configuration. 0 or 1: always follow the rings. It has no effect if @thorough
 *   or @live is true.
 * @rules: Dependencies of the class's features, such as vwr_blk_feature_rules; NULL: unknown.
 * @rule_count: Number of entries in @rules; 0 if it is NULL.
 * @fields: Fields of the class's configuration; NULL: unknown.
 * @field_count: Number of entries in @fields; 0 if it is NULL.
 * @requests: Request types of a disk, vwr_blk_requests; NULL: the device is not a disk.
 * @request_count: Number of entries in @requests; 0 if it is NULL.
 * @net: The device is a network card. The monitor then reads packet headers and control commands. It reads
 *   the headers that the device writes only if @thorough is also true.
 * @feature_names: Names of the class's features for messages; NULL: none.
 * @run: View of guest memory; NULL: the monitor checks registers only.
 * @report: Receives each finding; NULL: findings are only counted.
 * @context: Passed to @run and @report.
 * @queue: Memory for queues.
 * @queue_count: Number of entries in @queue.
 * @entry: Memory for descriptors, divided equally among the queues.
 * @entry_count: Number of entries in @entry. The monitor does not follow a queue that has more descriptors
 *   than its share of the entries.
 *
 * The arrays belong to the monitor while it is in use.
 */
struct vwr_monitor_setup {
    bool legacy;
    bool thorough;
    bool live;
    uint16_t one_in;
    const struct vwr_feature_rule *rules;
    size_t rule_count;
    const struct vwr_config_field *fields;
    size_t field_count;
    const struct vwr_request *requests;
    size_t request_count;
    bool net;
    const struct vwr_name *feature_names;
    vwr_monitor_run *run;
    vwr_monitor_report *report;
    void *context;
    struct vwr_monitor_queue *queue;
    uint32_t queue_count;
    struct vwr_monitor_entry *entry;
    uint32_t entry_count;
};

/**
 * struct vwr_monitor - A monitor of one device
 * @first: The first finding, if @found is not 0.
 * @found: Number of findings.
 * @buffers: Number of buffers that were followed until they were used. With @one_in, buffers that were not
 *   followed are not counted.
 * @unseen: Number of buffers whose descriptors were not judged, because the buffers were added and used
 *   between two looks or changed while they were read.
 * @lost: Number of times that the monitor stopped following a queue because it missed buffers.
 * @shortage: Array that was too small, if vwr_monitor_init() failed with VWR_ENOMEM.
 */
struct vwr_monitor {
    struct vwr_monitor_finding first;
    uint32_t found;
    uint32_t buffers;
    uint32_t unseen;
    uint32_t lost;
    struct vwr_shortage shortage;
    /* private: */
    struct vwr_monitor_setup s;
    uint32_t queue_size; /* number of descriptors of the largest queue that is followed */
    struct vwr_features offered, accepted, taken; /* taken: features that the device accepted last */
    struct vwr_monitor_range range;               /* region that contained the last buffer */
    uint32_t known;                               /* words of offered, one bit each */
    uint32_t read_words;                          /* words of offered that were read since the reset */
    uint32_t device_sel, driver_sel, queue_sel, page;
    uint32_t raised;     /* interrupt causes that were read but not acknowledged */
    uint32_t sent;       /* interrupt causes, none of which the driver has read yet */
    uint32_t acked;      /* interrupt causes acknowledged since InterruptStatus was read */
    uint32_t ids[2];     /* DeviceID and VendorID, as last read */
    uint32_t ignored;    /* number of consecutive acknowledgements that omitted a cause that was read */
    uint32_t generation; /* last read */
    uint32_t faulty;     /* wrongly accepted features: their number, and the last of them */
    uint32_t fault;
    uint32_t rest; /* one_in: number of notifications until the monitor follows the rings again; 0: it follows
                      them now */
    uint32_t lot;  /* one_in: the last random number */
    uint16_t drawn;   /* one_in: place of the followed notification in the last N */
    uint16_t window;  /* one_in: number of notifications since the monitor returned to the rings */
    uint16_t kicked;  /* one_in: queue of the first notification that the monitor judges */
    bool judges;      /* one_in: @kicked is valid */
    uint16_t changed; /* byte of the configuration that changed since generation was read */
    uint16_t changes; /* number of accesses that read a change, counted up to 2 */
    uint8_t status;
    uint8_t stale;       /* status before a reset that may not have ended */
    bool is_odd;         /* the driver wrote a status that a device may refuse */
    bool is_inherited;   /* the status may be one that the device had before it was observed */
    bool has_others;     /* the driver set up a queue for which the monitor has no memory */
    bool notified_early; /* the driver notified a queue before DRIVER_OK, and a device may serve it */
    bool has_agreed;     /* FEATURES_OK was read back */
    bool has_vendor;     /* ids[1] was read */
    bool was_reset, unread, selected[2], has_generation;
    bool is_mmio, has_magic, has_version, has_id, has_asked; /* asked: PROBE_ID was judged */
    bool awaits_reset, expects_change, needs_reset;
    bool is_told;    /* a change was reported since the status was read without DEVICE_NEEDS_RESET */
    bool is_telling; /* the configuration change bit of InterruptStatus is already set */
    struct vwr_monitor_space space;
    bool is_pci, has_vectors, has_queues,
        has_admin;                    /* vectors: one was mapped; the others: registers that were read */
    struct vwr_monitor_vector vector; /* of changes of the configuration */
    uint32_t isr;                     /* causes, none of which the driver has read yet */
    uint32_t queues, admin_index, admin_queues; /* of the device */
    uint8_t config[VWR_MONITOR_CONFIG];
    uint32_t config_known[VWR_MONITOR_CONFIG / 32u]; /* one bit for each byte */
    bool is_partial;                                 /* the view of memory may be incomplete */
    bool is_idle;     /* neither side is running, or has run since the last look */
    bool has_taken;   /* taken is set */
    bool has_written; /* the driver wrote to the configuration since the last reset */
    bool resumes;     /* DRIVER_OK was set in a suspended device, which has not answered yet */
    bool reads;       /* the first bytes of buffers */
    uint16_t mtu;     /* for a network card, once it was read */
    uint32_t pairs,
        device_pairs; /* for a network card: what the driver enabled and the device confirmed; 0: unknown */
};

/**
 * vwr_monitor_init() - Start observing a device
 * @m: Monitor.
 * @s: Setup; copied.
 *
 * Call it before the driver accesses the device.
 *
 * Return: VWR_OK.
 * * VWR_ENOMEM: an array is too small: m->shortage.
 */
VWR_MUST_CHECK int vwr_monitor_init(struct vwr_monitor *m, const struct vwr_monitor_setup *s);

/**
 * vwr_monitor_access() - Observe an access to the registers of virtio-mmio
 * @m: Monitor.
 * @offset: Offset in the device's window in bytes.
 * @bytes: Width of the access.
 * @is_write: true for a write.
 * @value: Value written or read, as for vwr_vm_access().
 *
 * Call this function before the device handles a write, and after the device has answered a read. It does not
 * look at the rings, so call vwr_monitor_look() for the driver before a notification.
 */
void vwr_monitor_access(struct vwr_monitor *m, uint64_t offset, unsigned bytes, bool is_write,
                        uint64_t value);

/**
 * vwr_monitor_is_paused() - Test whether the monitor is currently not following the rings
 * @m: Monitor with @one_in of the setup.
 *
 * While the monitor is paused, the caller need not report interrupts for used buffers or call
 * vwr_monitor_look().
 *
 * Return: true until the last notification before the ones that the monitor follows.
 */
static inline bool vwr_monitor_is_paused(const struct vwr_monitor *m)
{
    return m->rest != 0;
}

/**
 * vwr_monitor_skips() - Test whether the monitor can skip an access to virtio-mmio
 * @m: Monitor.
 * @offset: Offset in the device's window in bytes. The access has 32 bits.
 * @is_write: true for a write.
 *
 * While a monitor with @one_in of the setup is paused, it need not observe QueueNotify, InterruptStatus and
 * InterruptACK. To save time, call this function first for each access. If it returns true, the calls of
 * vwr_monitor_look() and vwr_monitor_access() can be omitted.
 *
 * Return: true: the access can be skipped; if it is a notification, it has been counted.
 */
static inline bool vwr_monitor_skips(struct vwr_monitor *m, uint64_t offset, bool is_write)
{
    if (m->rest <= 1) /* the monitor follows the rings from the last notification on */
        return false;
    if (is_write && offset == VWR_MMIO_QUEUE_NOTIFY) {
        m->rest--;
        return true;
    }
    return offset == (is_write ? VWR_MMIO_INTERRUPT_ACK : VWR_MMIO_INTERRUPT_STATUS);
}

/**
 * vwr_monitor_pci_access() - Observe an access to a structure of virtio-pci
 * @m: Monitor.
 * @structure: enum vwr_pci_cap_type: the common configuration, the notifications, the ISR status or the
 *   device configuration. Other structures are ignored.
 * @offset: Offset in the structure in bytes.
 * @bytes: Width of the access.
 * @is_write: true for a write.
 * @value: Value that was written or read.
 *
 * This is the PCI counterpart of vwr_monitor_access(). For a device of this library, vwr_vpci_structure()
 * returns the structure. The monitor does not observe the legacy PCI interface.
 */
void vwr_monitor_pci_access(struct vwr_monitor *m, unsigned structure, uint64_t offset, unsigned bytes,
                            bool is_write, uint64_t value);

/**
 * vwr_monitor_pci_space() - Observe an access to the configuration space of a PCI device
 * @m: Monitor.
 * @offset: Offset in the configuration space in bytes.
 * @bytes: Width of the access: 1, 2 or 4; @offset is a multiple of it. The monitor ignores other accesses.
 * @is_write: true for a write.
 * @value: Value that was written or read.
 *
 * The monitor learns IDs, capabilities, BAR sizes and the number of vectors only when the driver reads them.
 * An access through the window of a PCI_CFG capability is an access to the structure that it selects, so the
 * same timing applies as for vwr_monitor_pci_access(). The monitor also observes function-level resets. It
 * ignores the configuration space of a legacy device.
 */
void vwr_monitor_pci_space(struct vwr_monitor *m, unsigned offset, unsigned bytes, bool is_write,
                           uint32_t value);

/**
 * vwr_monitor_pci_reset() - Observe a reset of a PCI function from outside of the function
 * @m: Monitor.
 *
 * Call this function after a reset that no access to the function shows: by a bridge (for a function of this
 * library, vwr_vpci_is_in_reset() reports it), by the removal of the function, or by the VMM.
 */
void vwr_monitor_pci_reset(struct vwr_monitor *m);

/**
 * vwr_monitor_set_features() - Observe a negotiation of a transport without registers
 * @m: Monitor.
 * @offered: Features that the device offers.
 * @accepted: Features that the driver has accepted.
 *
 * Call this function when the driver sets DRIVER_OK. A driver that does not accept VERSION_1 uses the legacy
 * interface.
 */
void vwr_monitor_set_features(struct vwr_monitor *m, const struct vwr_features *offered,
                              const struct vwr_features *accepted);

/**
 * vwr_monitor_set_config() - Observe the configuration of a transport without registers
 * @m: Monitor.
 * @offset: Offset of the first byte in the configuration.
 * @content: Bytes, as read by the driver.
 * @bytes: Number of bytes. The monitor ignores bytes beyond VWR_MONITOR_CONFIG.
 *
 * From then on, the monitor also applies the rules for requests that depend on the configuration.
 */
void vwr_monitor_set_config(struct vwr_monitor *m, uint32_t offset, const void *content, uint32_t bytes);

/**
 * vwr_monitor_start() - Start following a queue of a transport without registers
 * @m: Monitor.
 * @queue: Queue. If it is not below the number of queues in the setup, the call does nothing.
 * @ring: Ring of the queue.
 *
 * Call it before the queue is passed to the device.
 */
void vwr_monitor_start(struct vwr_monitor *m, uint32_t queue, const struct vwr_monitor_ring *ring);

/**
 * vwr_monitor_stop() - Stop following a queue
 * @m: Monitor.
 * @queue: Queue. If it is not below the number of queues in the setup, the call does nothing.
 *
 * Afterwards, the monitor does not access the queue's ring.
 */
void vwr_monitor_stop(struct vwr_monitor *m, uint32_t queue);

/**
 * vwr_monitor_look() - Look at the rings
 * @m: Monitor.
 * @by: Side that may have changed memory since the last look: VWR_BY_DRIVER, VWR_BY_DEVICE or both.
 *
 * While a monitor with @one_in does not follow the rings, the call reads nothing.
 */
void vwr_monitor_look(struct vwr_monitor *m, unsigned by);

/**
 * vwr_monitor_see() - Give a monitor a view of memory while the device runs
 * @m: Monitor, set up without @run.
 * @run: View of the current guest memory. NULL: the monitor goes back to checking registers only.
 *
 * The call judges the current state of each queue in use: its areas, its indices, and the buffers that are
 * available but not yet used. It is meant for a register trace with a copy of memory, which contains no other
 * information about the rings. The call assumes that the device used buffers in the order in which they
 * became available. If the rings show a different order, the buffers of that queue count as @unseen. Packed
 * rings are not judged, because the driver's position is not visible in them.
 *
 * An address outside the view is reported as a finding with VWR_MONITOR_PARTIAL. If ACCESS_PLATFORM is
 * accepted, addresses may be IOMMU addresses, so the monitor does not read memory.
 *
 * Memory must not change during the call. Afterwards the monitor follows the queues that it judged.
 *
 * Return: Number of available buffers that have not been used, in all queues that the monitor follows.
 */
uint32_t vwr_monitor_see(struct vwr_monitor *m, vwr_monitor_run *run);

/**
 * vwr_monitor_interrupt() - Observe an interrupt of the device
 * @m: Monitor.
 * @reasons: Bits that the device adds to InterruptStatus. On PCI: enum vwr_pci_isr, also for an MSI-X
 *   message.
 *
 * Call it when the device sends the interrupt, before the driver runs. The call looks at the rings.
 */
void vwr_monitor_interrupt(struct vwr_monitor *m, uint32_t reasons);

/**
 * vwr_monitor_pause() - Stop following the rings until the next look
 * @m: Monitor that is @live.
 *
 * If the caller looks only from time to time, it must call this function before each pause. The monitor
 * forgets the buffers in flight and does not count them. It follows the queues again from the next
 * vwr_monitor_look() on, but a packed ring only once no buffer is in flight.
 */
void vwr_monitor_pause(struct vwr_monitor *m);

/**
 * vwr_monitor_idle() - Report that both sides wait for each other
 * @m: Monitor.
 *
 * The driver does nothing until the next interrupt, and the device does nothing until the next notification.
 * An interrupt or a notification that is still due is therefore missing. The monitor reports only certain
 * cases: a missing notification for buffers that it saw before the device ran again, and a missing interrupt
 * for buffers that it saw before the driver ran again.
 */
void vwr_monitor_idle(struct vwr_monitor *m);

/**
 * vwr_monitor_explain() - Describe a finding
 * @m: Monitor.
 * @f: Finding.
 * @text: Buffer of the caller. It is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * The text contains the clause, the side at fault and what was seen: "driver, split.drv.idx.1 (MUST): ...".
 * For a rule without a clause, it contains the section instead.
 *
 * Return: Length of the whole text without the terminator, even if it did not fit.
 */
size_t vwr_monitor_explain(const struct vwr_monitor *m, const struct vwr_monitor_finding *f, char *text,
                           size_t bytes);

VWR_END_C

#endif
