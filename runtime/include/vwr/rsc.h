/* SPDX-License-Identifier: MIT */
#ifndef VWR_RSC_H
#define VWR_RSC_H

#include "vwr/base.h"
#include "vwr/result.h"

VWR_BEGIN_C

/**
 * DOC: Resource tables of remote processors
 *
 * The firmware of a remote processor describes in a resource table what it needs and which virtio devices it
 * has. Both processors access the table in shared memory: vwr/rproc.h is the driver's end, and vwr/vrproc.h
 * the device's. The numbers come from Linux (linux/remoteproc.h), with which OpenAMP and Zephyr agree. They
 * are not in spec/, because the VIRTIO specification does not have this transport. A table is
 *
 *     ver[4] num[4] reserved[8] offset[4 * num]
 *
 * with an entry at each offset. The entry of a virtio device is
 *
 *     type[4] id[4] notifyid[4] dfeatures[4] gfeatures[4] config_len[4] status[1] num_of_vrings[1]
 * reserved[2]
 *
 * followed by a vring for each queue, which is da[4] align[4] num[4] notifyid[4] pa[4], and by the
 * configuration space. All words are in the byte order of the remote processor, which must be that of this
 * one.
 *
 * Map the table so that both processors see each other's stores: uncached, unless the hardware keeps it
 * coherent.
 *
 * vwr_rsc_read() checks a whole table. As the other processor may change the table at any time, the functions
 * that return an entry or a vring load each word once and check the copy.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 */

/** VWR_RSC_VERSION - Version of a table */
#define VWR_RSC_VERSION 1u

/** VWR_RSC_ENTRIES_MAX - Maximum number of entries of a table */
#define VWR_RSC_ENTRIES_MAX 32u

/** VWR_RSC_VRINGS_MAX - Maximum number of vrings of a device */
#define VWR_RSC_VRINGS_MAX 32u

/** VWR_RSC_ANY - An address or a notification number that the processor with the driver has to choose */
#define VWR_RSC_ANY 0xffffffffu

/** enum vwr_rsc_header - Offsets in a table */
enum vwr_rsc_header {
    VWR_RSC_VER = 0,
    VWR_RSC_NUM = 4,
    VWR_RSC_RESERVED = 8,
    VWR_RSC_OFFSET = 16 /* of each entry */
};

/** enum vwr_rsc_type - Types of entries; larger numbers are those of a vendor, or reserved */
enum vwr_rsc_type { VWR_RSC_CARVEOUT = 0, VWR_RSC_DEVMEM = 1, VWR_RSC_TRACE = 2, VWR_RSC_VDEV = 3 };

/** enum vwr_rsc_vdev_offset - Offsets in the entry of a virtio device */
enum vwr_rsc_vdev_offset {
    VWR_RSC_VDEV_TYPE = 0,
    VWR_RSC_VDEV_ID = 4,
    VWR_RSC_VDEV_NOTIFYID = 8,
    VWR_RSC_VDEV_DFEATURES = 12,
    VWR_RSC_VDEV_GFEATURES = 16,
    VWR_RSC_VDEV_CONFIG_LEN = 20,
    VWR_RSC_VDEV_STATUS = 24,
    VWR_RSC_VDEV_VRINGS = 25,
    VWR_RSC_VDEV_RESERVED = 26,
    VWR_RSC_VDEV_VRING = 28 /* the first one */
};

/** enum vwr_rsc_vring_offset - Offsets in a vring, and its size in bytes */
enum vwr_rsc_vring_offset {
    VWR_RSC_VRING_DA = 0,
    VWR_RSC_VRING_ALIGN = 4,
    VWR_RSC_VRING_NUM = 8,
    VWR_RSC_VRING_NOTIFYID = 12,
    VWR_RSC_VRING_PA = 16,
    VWR_RSC_VRING_BYTES = 20
};

/**
 * enum vwr_rsc_error - What is wrong with a table
 * @VWR_RSC_OK: Nothing.
 * @VWR_RSC_BAD_BASE: The address of the table is not a multiple of 4.
 * @VWR_RSC_BAD_BYTES: The header or the list of offsets does not fit; got: bytes.
 * @VWR_RSC_BAD_ORDER: The version has its bytes swapped: the processors have different byte orders.
 * @VWR_RSC_BAD_VERSION: got: version.
 * @VWR_RSC_BAD_NUM: got: number of entries.
 * @VWR_RSC_BAD_RESERVED: A reserved word of the table, or of the entry `where`, is not 0; got: its value.
 * @VWR_RSC_BAD_OFFSET: The entry `where` is not aligned or starts outside of the table; got: offset.
 * @VWR_RSC_BAD_LENGTH: The entry `where` ends outside of the table; got: its size in bytes.
 * @VWR_RSC_BAD_OVERLAP: The entry `where` overlaps another; got: offset.
 * @VWR_RSC_BAD_VRINGS: got: number of vrings of the entry `where`.
 * @VWR_RSC_BAD_SIZE: got: num of vring `where`: not a power of 2, or too large.
 * @VWR_RSC_BAD_ALIGN: got: align of vring `where`: not a power of 2, or too small or large.
 * @VWR_RSC_BAD_PLACE: got: da of vring `where`: not aligned, or the ring is not in the caller's memory.
 * @VWR_RSC_BAD_SHARED: got: da of vring `where`, which overlaps another.
 */
enum vwr_rsc_error {
    VWR_RSC_OK = 0,
    VWR_RSC_BAD_BASE,
    VWR_RSC_BAD_BYTES,
    VWR_RSC_BAD_ORDER,
    VWR_RSC_BAD_VERSION,
    VWR_RSC_BAD_NUM,
    VWR_RSC_BAD_RESERVED,
    VWR_RSC_BAD_OFFSET,
    VWR_RSC_BAD_LENGTH,
    VWR_RSC_BAD_OVERLAP,
    VWR_RSC_BAD_VRINGS,
    VWR_RSC_BAD_SIZE,
    VWR_RSC_BAD_ALIGN,
    VWR_RSC_BAD_PLACE,
    VWR_RSC_BAD_SHARED
};

/**
 * struct vwr_rsc_range - A range of addresses of the remote processor
 * @da: First address.
 * @bytes: Size in bytes.
 */
struct vwr_rsc_range {
    uint32_t da;
    uint32_t bytes;
};

/**
 * struct vwr_rsc_entry - An entry of a table that was checked
 * @type: enum vwr_rsc_type, or another number.
 * @offset: Offset in the table in bytes.
 * @bytes: Size in bytes. For an unknown type, only the type's.
 */
struct vwr_rsc_entry {
    uint32_t type;
    uint32_t offset;
    uint32_t bytes;
};

/**
 * struct vwr_rsc_table - A table that was checked
 * @base: Table.
 * @bytes: Size of the memory at @base in bytes.
 * @memory: Where vrings may be.
 * @ranges: Number of entries in @memory.
 * @entries: Number of entries in @entry.
 * @entry: Entries in the order of the table.
 * @error: What is wrong: enum vwr_rsc_error.
 * @where: Depends on @error.
 * @got: Depends on @error.
 */
struct vwr_rsc_table {
    uint8_t *base;
    uint32_t bytes;
    const struct vwr_rsc_range *memory;
    uint32_t ranges;
    uint32_t entries;
    struct vwr_rsc_entry entry[VWR_RSC_ENTRIES_MAX];
    uint8_t error;
    uint32_t where;
    uint32_t got;
};

/**
 * struct vwr_rsc_vdev - The entry of a virtio device, as it was when it was read
 * @at: Entry in the table.
 * @memory: Where vrings may be.
 * @ranges: Number of entries in @memory.
 * @id: Device ID.
 * @notifyid: Notification number of the device.
 * @vrings: Number of vrings.
 * @config_bytes: Size of the configuration space in bytes.
 */
struct vwr_rsc_vdev {
    uint8_t *at;
    const struct vwr_rsc_range *memory;
    uint32_t ranges;
    uint32_t id;
    uint32_t notifyid;
    uint32_t vrings;
    uint32_t config_bytes;
};

/**
 * struct vwr_rsc_vring - A vring, as it was when it was read
 * @da: Address for the remote processor; VWR_RSC_ANY or 0: none yet.
 * @align: Alignment of the used ring.
 * @num: Number of descriptors.
 * @notifyid: Notification number.
 */
struct vwr_rsc_vring {
    uint32_t da;
    uint32_t align;
    uint32_t num;
    uint32_t notifyid;
};

/**
 * struct vwr_rsc_device - A virtio device for a new table
 * @id: Device ID.
 * @notifyid: Notification number; VWR_RSC_ANY: the other processor chooses it.
 * @features: Offered features.
 * @vring: Vrings.
 * @vrings: Number of entries in @vring.
 * @config: Initial contents of the configuration space; may be NULL.
 * @config_bytes: Size of the configuration space in bytes.
 */
struct vwr_rsc_device {
    uint32_t id;
    uint32_t notifyid;
    uint32_t features;
    const struct vwr_rsc_vring *vring;
    uint8_t vrings;
    const void *config;
    uint16_t config_bytes;
};

/**
 * vwr_rsc_load32() - Load a word of an entry (for transports)
 * @at: Entry, or vring.
 * @offset: Offset in bytes.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The value in CPU order.
 */
static inline uint32_t vwr_rsc_load32(const uint8_t *at, unsigned offset)
{
    return *(const volatile uint32_t VWR_MAY_ALIAS *)(const void *)(at + offset);
}

/**
 * vwr_rsc_store32() - Store a word of an entry (for transports)
 * @at: Entry, or vring.
 * @offset: Offset in bytes.
 * @value: Value in CPU order.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 */
static inline void vwr_rsc_store32(uint8_t *at, unsigned offset, uint32_t value)
{
    *(volatile uint32_t VWR_MAY_ALIAS *)(void *)(at + offset) = value;
}

/**
 * vwr_rsc_load8() - Load a byte of an entry (for transports)
 * @at: Entry.
 * @offset: Offset in bytes.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The value.
 */
static inline uint8_t vwr_rsc_load8(const uint8_t *at, unsigned offset)
{
    return *(const volatile uint8_t *)(at + offset);
}

/**
 * vwr_rsc_store8() - Store a byte of an entry (for transports)
 * @at: Entry.
 * @offset: Offset in bytes.
 * @value: Value.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 */
static inline void vwr_rsc_store8(uint8_t *at, unsigned offset, uint8_t value)
{
    *(volatile uint8_t *)(at + offset) = value;
}

/**
 * vwr_rsc_vring_at() - Get the place of a vring in the table (for transports)
 * @d: Device.
 * @index: Vring; d->vrings: the configuration space.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The place.
 */
static inline uint8_t *vwr_rsc_vring_at(const struct vwr_rsc_vdev *d, uint32_t index)
{
    return d->at + VWR_RSC_VDEV_VRING + index * VWR_RSC_VRING_BYTES;
}

/**
 * vwr_rsc_has_place() - Test whether a vring has an address
 * @vring: Vring.
 *
 * Linux writes 0 when it has freed a vring.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: true if it has one.
 */
static inline bool vwr_rsc_has_place(const struct vwr_rsc_vring *vring)
{
    return vring->da != VWR_RSC_ANY && vring->da != 0;
}

/**
 * vwr_rsc_read() - Check a table
 * @t: Filled in with the table. After an error, vwr_rsc_explain() describes it.
 * @base: Table, in memory that both processors access.
 * @bytes: Size of that memory in bytes. The table may be shorter.
 * @memory: Where vrings may be, in addresses of the remote processor; NULL: anywhere.
 * @ranges: Number of entries in @memory. The array stays in use.
 *
 * The call does not write to the table. It accepts entries of unknown types, and of vendors.
 *
 * Context: Any context, including an interrupt handler; it is the only user of @t. Does not wait.
 * Return: VWR_OK.
 * * VWR_EVERSION: the version is another one, or its bytes are swapped.
 * * VWR_EPROTO: the table is malformed.
 */
VWR_MUST_CHECK int vwr_rsc_read(struct vwr_rsc_table *t, void *base, size_t bytes,
                                const struct vwr_rsc_range *memory, uint32_t ranges);

/**
 * vwr_rsc_find() - Find a virtio device in a table
 * @t: Table.
 * @index: Number of the device among the virtio devices of the table.
 * @d: Filled in with the device.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: VWR_OK.
 * * VWR_ENODEV: the table does not have so many devices.
 * * VWR_EPROTO: the entry has changed since the table was checked.
 */
VWR_MUST_CHECK int vwr_rsc_find(const struct vwr_rsc_table *t, unsigned index, struct vwr_rsc_vdev *d);

/**
 * vwr_rsc_vring() - Read a vring
 * @d: Device.
 * @index: Vring.
 * @vring: Filled in with the vring, of which each word is loaded once.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: VWR_RSC_OK: @vring is valid. VWR_RSC_BAD_VRINGS: the device does not have the vring.
 *   VWR_RSC_BAD_SIZE, VWR_RSC_BAD_ALIGN, VWR_RSC_BAD_PLACE: it is malformed.
 */
VWR_MUST_CHECK enum vwr_rsc_error vwr_rsc_vring(const struct vwr_rsc_vdev *d, uint32_t index,
                                                struct vwr_rsc_vring *vring);

/**
 * vwr_rsc_bytes() - Compute the size of a table
 * @device: Devices.
 * @devices: Number of entries in @device.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: Size in bytes.
 */
size_t vwr_rsc_bytes(const struct vwr_rsc_device *device, unsigned devices);

/**
 * vwr_rsc_build() - Write a table of virtio devices
 * @base: Memory for the table, aligned to 4 bytes.
 * @bytes: Size of the memory in bytes: at least vwr_rsc_bytes().
 * @device: Devices; not used after the call.
 * @devices: Number of entries in @device.
 *
 * The version is stored last, so that another processor that waits for it finds a complete table. A table
 * that a loader has to find in the firmware is a constant: write it with the same call on your computer.
 *
 * Context: Any context, including an interrupt handler; no other processor uses the table. Does not
 *   wait.
 * Return: VWR_OK.
 * * VWR_ENOMEM: the memory is too small or misaligned.
 * * VWR_EINVAL: there are too many devices or vrings, or a vring is one that vwr_rsc_read() refuses.
 */
VWR_MUST_CHECK int vwr_rsc_build(void *base, size_t bytes, const struct vwr_rsc_device *device,
                                 unsigned devices);

/** VWR_RSC_TEXT_BYTES - Buffer size in bytes that is enough for every message of vwr_rsc_explain() */
#define VWR_RSC_TEXT_BYTES 160u

/**
 * vwr_rsc_explain() - Describe what is wrong with a table
 * @t: Table.
 * @text: Buffer for the message. It is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: Length of the whole message in bytes, without the terminator.
 */
size_t vwr_rsc_explain(const struct vwr_rsc_table *t, char *text, size_t bytes);

VWR_END_C

#endif
