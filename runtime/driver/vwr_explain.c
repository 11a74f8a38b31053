/* SPDX-License-Identifier: MIT */
#include "vwr/dev.h"
#include "vwr/names.h"
#include "vwr/text.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"
#include "explain_common.h"

/* Faults in words, apart from the code that meets them: a small build leaves this file and the names out. */

static void put_hex(struct vwr_text *t, const char *before, uint32_t v, const char *after)
{
    vwr_text_str(t, before);
    vwr_text_hex(t, v);
    vwr_text_str(t, after);
}

static void put_dec(struct vwr_text *t, const char *before, uint32_t v, const char *after)
{
    vwr_text_str(t, before);
    vwr_text_dec(t, v);
    vwr_text_str(t, after);
}

/* A status register with the names of its bits. */
static void put_status(struct vwr_text *t, uint32_t status)
{
    const char *separator = "";

    vwr_text_hex(t, status);
    vwr_text_str(t, status == 0 ? " (none" : " (");
    for (unsigned n = 0; n < 8; n++) {
        const uint32_t bit = 1u << n;
        const char *name = vwr_name(vwr_status_names, bit);

        if (!(status & bit))
            continue;
        vwr_text_str(t, separator);
        if (name != NULL)
            vwr_text_str(t, name);
        else
            vwr_text_hex(t, bit);
        separator = " ";
    }
    vwr_text_str(t, ")");
}

/* A feature bit with its name: the class's own (`names` may be NULL) or a reserved one. */
static void put_feature(struct vwr_text *t, uint32_t bit, const struct vwr_name *names)
{
    const char *name = names != NULL ? vwr_name(names, bit) : NULL;

    if (name == NULL)
        name = vwr_name(vwr_feature_names, bit);
    vwr_text_str(t, "feature ");
    if (name != NULL) {
        vwr_text_str(t, name);
        vwr_text_str(t, " ");
    }
    put_dec(t, "(bit ", bit, ")");
}

static void put_type(struct vwr_text *t, uint32_t type)
{
    const char *name = vwr_name(vwr_id_names, type);

    vwr_text_dec(t, type);
    if (name != NULL) {
        vwr_text_str(t, " (");
        vwr_text_str(t, name);
        vwr_text_str(t, ")");
    }
}

/* The bytes the other way round. */
static uint32_t turned(uint32_t v)
{
    uint32_t r = 0;

    for (unsigned i = 0; i < sizeof(v); i++, v >>= 8)
        r = r << 8 | (v & 0xffu);
    return r;
}

static void explain_version(struct vwr_text *t, uint32_t version)
{
    put_dec(t, "Version reads ", version, ": ");
    if (version == VWR_MMIO_VERSION_LEGACY)
        vwr_text_str(t, "the device is legacy, the probe was for modern ones; " VWR_EXPLAIN_FOR_MODERN);
    else if (version == VWR_MMIO_VERSION_MODERN)
        vwr_text_str(t, "the device is modern, the probe was for legacy ones");
    else
        vwr_text_str(t, "neither legacy (1) nor modern (2)");
}

static bool explain_probe(struct vwr_text *t, const struct vwr_dev *d, const struct vwr_fault *f)
{
    switch (f->kind) {
    case VWR_FAULT_EMPTY:
        vwr_text_str(t, "DeviceID reads 0: an empty slot; look in the other slots");
        return true;
    case VWR_FAULT_MAGIC:
        put_hex(t, "MagicValue reads ", f->got,
                turned(f->got) == VWR_MMIO_MAGIC_VALUE_VALUE
                    ? ", \"virt\" the wrong way round: the port swaps the bytes of registers"
                    : ", not \"virt\": no virtio-mmio register block at this address");
        return true;
    case VWR_FAULT_VERSION:
        explain_version(t, f->got);
        return true;
    case VWR_FAULT_GONE:
        vwr_text_str(t, d->state == VWR_DEV_NONE ? "MagicValue" : "Status");
        vwr_text_str(t, " reads as all ones: nothing answers on the bus");
        return true;
    case VWR_FAULT_WINDOW:
        put_dec(t, "the register window has ", f->got, " bytes, less than registers and configuration take");
        return true;
    case VWR_FAULT_TYPE:
        vwr_text_str(t, "the device is of type ");
        put_type(t, f->got);
        vwr_text_str(t, ", asked for was ");
        put_type(t, f->where);
        return true;
    default:
        return false;
    }
}

static bool explain_status_fault(struct vwr_text *t, const struct vwr_fault *f)
{
    const char *name = vwr_name(vwr_status_names, f->where);

    switch (f->kind) {
    case VWR_FAULT_RESET:
        vwr_text_str(t, "reset: 0 was written to the status, it still reads ");
        break;
    case VWR_FAULT_STATUS:
        vwr_text_str(t, "status bit ");
        vwr_text_str(t, name != NULL ? name : "that was set");
        vwr_text_str(t, name != NULL ? " was set and did not stay: status reads "
                                     : " has gone, without a reset: status reads ");
        break;
    case VWR_FAULT_FEATURES_OK:
        vwr_text_str(t, "the device refused this set of features: FEATURES_OK was set, status reads ");
        break;
    case VWR_FAULT_NEEDS_RESET:
        vwr_text_str(t, "the device has met an error and asks for a reset: status reads ");
        break;
    default:
        return false;
    }
    put_status(t, f->got);
    return true;
}

static void explain_feature(struct vwr_text *t, const struct vwr_dev *d, const struct vwr_fault *f,
                            const struct vwr_name *names)
{
    uint32_t bit = 32u * f->where;
    uint32_t missing = f->got;

    for (; missing > 1 && !(missing & 1u); missing >>= 1) /* the lowest one */
        bit++;
    put_feature(t, bit, names);
    if (vwr_dev_is_legacy(d) && bit >= 32) {
        vwr_text_str(t, " is needed, and a legacy device has no such bit");
    } else if (!vwr_features_have(&vwr_dev_usable[vwr_dev_version(d)], bit)) {
        vwr_text_str(t, " is needed, and this driver does not use it");
    } else if (vwr_features_have(&d->offered, bit)) {
        vwr_text_str(t, " is needed and offered, but not taken: it is to be avoided, or what it "
                        "requires is missing, or the driver has no use for it");
    } else {
        vwr_text_str(t, " is needed, and the device does not offer it; it offers");
        for (unsigned i = VWR_FEATURE_WORDS; i-- > 0;)
            if (i < 2 || d->offered.w[i] != 0)
                put_hex(t, " ", d->offered.w[i], "");
    }
}

static bool explain_memory(struct vwr_text *t, const struct vwr_dev *d, const struct vwr_fault *f)
{
    const uint32_t size = f->got;

    switch (f->kind) {
    case VWR_FAULT_QUEUE_MEMORY:
        put_dec(t, "a queue of ", size, " descriptors takes ");
        put_dec(t, "", (uint32_t)vwr_dev_queue_bytes(d, size), " bytes of shared memory for the ring and ");
        put_dec(t, "", (uint32_t)VWR_QUEUE_OWN_BYTES(size), " of its own, if the device takes that size;");
        vwr_text_str(t, " less was given");
        return true;
    case VWR_FAULT_QUEUE_ALIGN:
        put_dec(t, "the queue's shared memory has to be aligned to ",
                (uint32_t)vwr_split_memory_align(vwr_dev_is_legacy(d)),
                " bytes, for the device too, and its own to a pointer");
        return true;
    case VWR_FAULT_QUEUE_SPLIT:
        vwr_text_str(t, "the queue's shared memory is not contiguous for the device, as the port says");
        return true;
    default:
        return false;
    }
}

static bool explain_queue(struct vwr_text *t, const struct vwr_dev *d, const struct vwr_fault *f)
{
    switch (f->kind) {
    case VWR_FAULT_QUEUE_ABSENT:
        put_dec(t, "queue ", f->where, ": QueueSizeMax reads 0, the device has no such queue");
        return true;
    case VWR_FAULT_QUEUE_IN_USE:
    case VWR_FAULT_QUEUE_REFUSED:
        put_dec(t, "queue ", f->where, ": ");
        vwr_text_str(t, vwr_dev_is_legacy(d) ? "QueuePFN" : "QueueReady");
        put_hex(t, " reads ", f->got, "");
        vwr_text_str(t, f->kind == VWR_FAULT_QUEUE_IN_USE ? " after a reset, the queue is in use"
                                                          : ", the device did not take the queue");
        return true;
    case VWR_FAULT_QUEUE_SIZE:
        put_dec(t, "queue ", f->where, ": ");
        put_dec(t, "", f->got, " is not a size that works: a power of 2 up to ");
        put_dec(t, "", VWR_SPLIT_RING_SIZE_MAX, ", for a disk 4 or more");
        return true;
    case VWR_FAULT_QUEUE_ADDRESS:
        put_dec(t, "queue ", f->where, ": ");
        put_hex(t, "page ", f->got, " is page 0 or does not fit QueuePFN");
        return true;
    case VWR_FAULT_RING:
        put_dec(t, "queue ", f->where, ": the used ring names a buffer that the device does not have");
        return true;
    case VWR_FAULT_QUEUE_NO_RESET:
        put_dec(
            t, "queue ", f->where,
            ": the device has offered RING_RESET, and QueueReady still reads 1 after a reset of the queue: "
            "it does not do it");
        return true;
    case VWR_FAULT_QUEUE_RESET:
        put_dec(t, "queue ", f->where, ": QueueReset does not go back to 0");
        return true;
    default:
        return false;
    }
}

void vwr_explain_dev(struct vwr_text *t, const struct vwr_dev *d, const struct vwr_fault *f,
                     const struct vwr_name *names)
{
    if (f->kind == VWR_FAULT_NONE)
        vwr_text_str(t, "nothing has gone wrong");
    else if (f->kind == VWR_FAULT_CONFIG)
        put_dec(t, "the configuration changed during each of ", f->got, " reads");
    else if (f->kind == VWR_FAULT_FEATURE)
        explain_feature(t, d, f, names);
    else if (!explain_probe(t, d, f) && !explain_status_fault(t, f) && !explain_memory(t, d, f) &&
             !explain_queue(t, d, f))
        vwr_text_str(t, vwr_strerror(VWR_FAULT_RESULT(f->kind)));
}

size_t vwr_dev_explain(const struct vwr_dev *d, char *text, size_t bytes)
{
    struct vwr_text t;

    vwr_text_begin(&t, text, bytes);
    vwr_explain_dev(&t, d, &d->fault, NULL);
    return t.length;
}
