/* SPDX-License-Identifier: MIT */
#ifndef VWR_OPEN_H
#define VWR_OPEN_H

#include "vwr/tables.h"
#include "vwr/bringup.h"

VWR_BEGIN_C

/**
 * DOC: Opening a device of any class
 *
 * vwr_open() selects a driver from a table by the device type. The caller provides two blocks of memory for
 * the driver. Only the drivers in the table are linked::
 *
 *     union own { struct vwr_blk_open_own blk; struct vwr_net_open_own net; };
 *     union shared { struct vwr_blk_open_shared blk; struct vwr_net_open_shared net; };
 *     static union own own;          // private: the device must not access it
 *     static union shared shared;    // shared with the device
 *     static const struct vwr_open_class classes[] = {VWR_OPEN_BLK, VWR_OPEN_NET};
 *     const struct vwr_open_options options = VWR_OPEN_OPTIONS(classes, own, shared);
 *     r = vwr_open(&opened, d, &options);
 *     struct vwr_net *const card = vwr_opened_driver(&opened, &vwr_net_bringup);
 *     if (card != NULL)
 *         use(card);
 *
 * vwr/open/rows.h contains a row for each class. The header of the class, such as
 * vwr/blk.h, declares the two structures. To choose other sizes or options, call the class's own open
 * function.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 */

/**
 * struct vwr_open_class - A driver for vwr_open(); a constant, initialised with a row of vwr/open/rows.h
 * @bringup: Bring-up class; the driver is for devices with the ID bringup->type.
 * @own_bytes: Size in bytes of struct vwr_..._open_own, which begins with struct vwr_bringup.
 * @own_align: Alignment of struct vwr_..._open_own in bytes.
 * @shared_bytes: Size in bytes of struct vwr_..._open_shared.
 * @shared_align: Alignment of struct vwr_..._open_shared in bytes.
 * @open: Open the device. The private memory begins with the driver's structure, and the shared memory with
 *   the driver's shared memory.
 * @messages: Messages. Set with VWR_WORDS(...).
 * @feature_names: Names of the features, set with VWR_WORDS(...); NULL: none.
 */
struct vwr_open_class {
    const struct vwr_bringup_class *bringup;
    size_t own_bytes, own_align;
    size_t shared_bytes, shared_align;
    int (*open)(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid);
    const struct vwr_messages *messages;
    const struct vwr_name *feature_names;
};

/**
 * VWR_OPEN_ROOM() - Check at compile time that memory is large enough and aligned for a class
 * @name: Name of the class, such as net.
 * @own_: Private memory.
 * @shared_: Shared memory.
 */
#define VWR_OPEN_ROOM(name, own_, shared_)                                                      \
    VWR_STATIC_ASSERT(sizeof(own_) >= sizeof(struct vwr_##name##_open_own) &&                   \
                          sizeof(shared_) >= sizeof(struct vwr_##name##_open_shared),           \
                      "vwr: " #own_ " or " #shared_ " is too small for " #name);                \
    VWR_STATIC_ASSERT(__alignof__(own_) >= __alignof__(struct vwr_##name##_open_own) &&         \
                          __alignof__(shared_) >= __alignof__(struct vwr_##name##_open_shared), \
                      "vwr: " #own_ " or " #shared_ " is not aligned for " #name)

/**
 * struct vwr_open_options - Options of vwr_open()
 * @classes: Drivers.
 * @class_count: Number of entries in @classes.
 * @own: Private memory, which need not be initialised. It must remain valid until vwr_close()
 *   succeeds.
 * @own_bytes: Size of @own in bytes.
 * @shared: Shared memory (see struct vwr_queue_memory). It must remain valid until vwr_close()
 *   succeeds.
 * @shared_bytes: Size of @shared in bytes.
 * @avoid: Features that the driver must not accept.
 */
struct vwr_open_options {
    const struct vwr_open_class *classes;
    size_t class_count;
    void *own;
    size_t own_bytes;
    void *shared;
    size_t shared_bytes;
    struct vwr_features avoid;
};

/**
 * VWR_OPEN_OPTIONS() - Initialise a struct vwr_open_options
 * @classes_: Array of drivers.
 * @own_: Object for private memory.
 * @shared_: Object for shared memory.
 */
#define VWR_OPEN_OPTIONS(classes_, own_, shared_)                                            \
    {                                                                                        \
        classes_, sizeof(classes_) / sizeof(*(classes_)), &(own_), sizeof(own_), &(shared_), \
            sizeof(shared_),                                                                 \
        {                                                                                    \
            {                                                                                \
                0                                                                            \
            }                                                                                \
        }                                                                                    \
    }

/**
 * struct vwr_opened - An open device
 * @cls: Driver of the device, from the program's table; NULL: the device was not opened.
 * @bringup: Bring-up of the device, for vwr_recover(), vwr_freeze(), vwr_get_stage() and vwr_close().
 *   bringup->dev is the device. NULL: the device was not opened.
 */
struct vwr_opened {
    const struct vwr_open_class *cls;
    struct vwr_bringup *bringup;
    /* private: */
    const struct vwr_open_class *failed; /* driver that vwr_open() chose for `dev`, and that is not open */
    const struct vwr_dev *dev;
};

/**
 * vwr_opened_driver() - Get the driver structure of an open device
 * @o: Open device.
 * @bringup: Class, such as vwr_net_bringup.
 *
 * Return: The structure of the class, such as struct vwr_net for vwr_net_bringup; NULL if the device is of
 *   another class or was not opened.
 */
static inline void *vwr_opened_driver(const struct vwr_opened *o, const struct vwr_bringup_class *bringup)
{
    return o->cls != NULL && o->cls->bringup == bringup ? o->bringup : NULL;
}

/**
 * vwr_open_find() - Find the driver for a device
 * @d: Device.
 * @classes: Drivers.
 * @count: Number of drivers.
 *
 * Return: The driver, or NULL.
 */
const struct vwr_open_class *vwr_open_find(const struct vwr_dev *d, const struct vwr_open_class *classes,
                                           size_t count);

/**
 * vwr_open() - Open a probed device with the first driver that matches its type
 * @o: Filled in with the open device.
 * @d: Device.
 * @options: Options; not used after the call, except for the memory.
 *
 * Return: VWR_OK.
 * * VWR_EBUSY: @o is open already; it is unchanged.
 * * VWR_ENODEV: the probe found no device. vwr_dev_explain() or, with PCI, vwr_pci_explain() describes why.
 * * VWR_ETYPE: no driver in the table supports the device. The same functions describe the fault.
 * * VWR_ENOMEM: a memory block is too small or misaligned. vwr_opened_explain() describes the fault.
 * * Other errors: those of the class's open function, such as vwr_blk_open(). After these errors, @o is
 *   closed, and vwr_opened_explain() describes the fault. After the errors listed above, the device has not
 *   been accessed.
 */
VWR_MUST_CHECK int vwr_open(struct vwr_opened *o, struct vwr_dev *d, const struct vwr_open_options *options);

/**
 * vwr_opened_features() - List the negotiated features by name
 * @o: Device.
 * @text: Buffer for the text. The text is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Return: Length of the whole list in bytes, without the terminator; 0 if the device is not open.
 */
size_t vwr_opened_features(const struct vwr_opened *o, char *text, size_t bytes);

/**
 * vwr_opened_explain() - Describe the last fault of the device
 * @o: Device.
 * @text: Buffer for the text. The text is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Return: Length of the whole message in bytes, without the terminator. It is 0 in a build without texts, and
 *   if the device is not open, unless vwr_open() had chosen a driver before it failed.
 */
size_t vwr_opened_explain(const struct vwr_opened *o, char *text, size_t bytes);

VWR_END_C

#endif
