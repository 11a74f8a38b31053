/* SPDX-License-Identifier: MIT */
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"
#include "dev_explain_common.h"

/*
 * Messages for faults of a device (vwr/fault.h). They are separate from the code that reports faults, so that
 * a program that prints no messages does not link them.
 */

#define EXPLAIN_LEFT_MAX 8u /* names of features in a message */

/* The lowest missing feature bit. */
static uint32_t explain_bit(const struct vwr_fault *f)
{
    uint32_t bit = 32u * f->where;

    for (uint32_t missing = f->got; missing > 1 && (missing & 1u) == 0; missing >>= 1)
        bit++;
    return bit;
}

enum explain_when {
    EXPLAIN_SWAPPED = 1, /* value of MagicValue */
    EXPLAIN_LEGACY,      /* value of Version */
    EXPLAIN_MODERN,
    EXPLAIN_NO_DEVICE,     /* during probe */
    EXPLAIN_NO_WHERE,      /* no status bit was being set, or no specific type was expected */
    EXPLAIN_NOT_IN_LEGACY, /* the device is legacy and has no feature bit this high */
    EXPLAIN_NOT_DRIVEN,    /* the driver, or the transport, does not support the feature */
    EXPLAIN_OFFERED,       /* the device offers it */
    EXPLAIN_NOT_WHOLE      /* the device's queue size is not valid for a split ring */
};

static bool explain_holds(unsigned when, const struct vwr_message_args *a)
{
    const uint32_t got = a->fault->got;
    const uint32_t bit = explain_bit(a->fault);

    switch (when) {
    case EXPLAIN_SWAPPED:
        return vwr_swap32(got) == VWR_MMIO_MAGIC_VALUE_VALUE;
    case EXPLAIN_LEGACY:
        return got == VWR_MMIO_VERSION_LEGACY;
    case EXPLAIN_MODERN:
        return got == VWR_MMIO_VERSION_MODERN;
    case EXPLAIN_NO_DEVICE:
        return a->dev->state == VWR_DEV_NONE;
    case EXPLAIN_NO_WHERE:
        return a->fault->where == 0;
    case EXPLAIN_NOT_IN_LEGACY:
        return vwr_dev_is_legacy(a->dev) && bit >= 32;
    case EXPLAIN_NOT_DRIVEN:
        return !vwr_features_have(vwr_dev_transport(a->dev)->usable, bit);
    case EXPLAIN_NOT_WHOLE:
        return !VWR_QUEUE_SIZE_IS_WHOLE(a->dev->fault_size);
    default:
        return vwr_features_have(&a->dev->offered, bit);
    }
}

static const struct vwr_message explain_rows[] = {
    /* probe */
    {VWR_FAULT_EMPTY, 0, "DeviceID reads 0: an empty slot; try the other slots"},
    {VWR_FAULT_MAGIC, EXPLAIN_SWAPPED,
     "MagicValue reads {got:hex}, \"virt\" with its bytes swapped: the port swaps the bytes of registers"},
    {VWR_FAULT_MAGIC, 0,
     "MagicValue reads {got:hex}, not \"virt\": no virtio-mmio register block at this address"},
    {VWR_FAULT_VERSION, EXPLAIN_LEGACY,
     "Version reads {got}: the device is legacy, but the probe accepts only modern "
     "ones; " VWR_EXPLAIN_FOR_MODERN},
    {VWR_FAULT_VERSION, EXPLAIN_MODERN,
     "Version reads {got}: the device is modern, but the probe accepts only legacy ones"},
    {VWR_FAULT_VERSION, 0, "Version reads {got}: neither legacy (1) nor modern (2)"},
    {VWR_FAULT_GONE, EXPLAIN_NO_DEVICE, "MagicValue reads as all ones: nothing answers on the bus"},
    {VWR_FAULT_GONE, 0, "Status reads as all ones: nothing answers on the bus"},
    {VWR_FAULT_WINDOW, 0, "the register window has {got} bytes, but the registers alone have {:registers}"},
    {VWR_FAULT_RSC_DEVICE, 0, "the resource table has no device {got}, or its entry has changed"},
    {VWR_FAULT_TYPE, EXPLAIN_NO_WHERE, "the device is of type {got:device}, which no driver supports"},
    {VWR_FAULT_ROOM, 0, "private memory must be aligned to {where} bytes, and shared memory to {got}"},
    {VWR_FAULT_ARRAY, 0, "{:array} is {:given}; it must be at least {got}"},
    {VWR_FAULT_TYPE, 0, "the device is of type {got:device}, the driver is for type {where:device}"},
    /* status */
    {VWR_FAULT_RESET, 0, "the device does not reset: 0 was written, status reads {got:status}"},
    {VWR_FAULT_STATUS, EXPLAIN_NO_WHERE,
     "a status bit was cleared without a reset by the driver: status reads {got:status}"},
    {VWR_FAULT_STATUS, 0, "status bit {where:bit} was set but did not stay set: status reads {got:status}"},
    {VWR_FAULT_FEATURES_OK, 0,
     "the device refused this set of features: FEATURES_OK was set, status reads {got:status}{:left_out}"},
    {VWR_FAULT_SUSPEND, 0,
     "status bit {where:bit} was set to suspend or resume the device, without an answer: status reads "
     "{got:status}"},
    {VWR_FAULT_NEEDS_RESET, 0, "the device reports an error and needs a reset: status reads {got:status}"},
    /* features */
    {VWR_FAULT_FEATURE, EXPLAIN_NOT_IN_LEGACY, "{:missing} is required, but a legacy device has no such bit"},
    {VWR_FAULT_FEATURE, EXPLAIN_NOT_DRIVEN,
     "{:missing} is required, but this driver does not support it on this "
     "transport"},
    {VWR_FAULT_FEATURE, EXPLAIN_OFFERED,
     "{:missing} is required and offered, but not accepted: the caller avoids it, did not request it, or it "
     "requires a missing feature"},
    {VWR_FAULT_FEATURE, 0, "{:missing} is required, but the device does not offer it; it offers{:offered}"},
    /* queues: prefixed with "queue {where}: " */
    {VWR_FAULT_QUEUE_ABSENT, 0, "QueueSizeMax reads 0: the device has no such queue"},
    {VWR_FAULT_QUEUE_IN_USE, 0, "{:register} reads {got:hex} after a reset: the queue is in use"},
    {VWR_FAULT_QUEUE_REFUSED, 0, "{:register} reads {got:hex}: the device did not accept the queue"},
    {VWR_FAULT_QUEUE_SIZE, 0,
     "a size of {got} is invalid: it must be a power of 2, at most {:size_max}, and large enough "
     "for a request"},
    {VWR_FAULT_QUEUE_MEMORY, 0,
     "it needs {got} bytes of shared memory for a ring of {:size} descriptors and the requests; {:given} "
     "were passed: VWR_QUEUE_SHARED_BYTES(), for a disk VWR_BLK_SHARED_BYTES(), for a client "
     "VWR_CLIENT_SHARED_BYTES(), computes the size"},
    {VWR_FAULT_QUEUE_OWN, 0,
     "it needs {got} bytes of driver-private memory for {:size} descriptors and the requests; {:given} were "
     "passed: VWR_QUEUE_OWN_BYTES(), for several requests VWR_REQUEST_OWN_BYTES(), computes the size"},
    {VWR_FAULT_QUEUE_BUFFERS, 0, "{:array} is {:given}; it must be at least {got}"},
    {VWR_FAULT_QUEUE_ALIGN, 0,
     "its shared memory must be aligned to {:ring_align} bytes, also for the device, and its "
     "driver-private memory to a pointer"},
    {VWR_FAULT_QUEUE_SPLIT, 0, "its shared memory is not contiguous for the device, according to the port"},
    {VWR_FAULT_QUEUE_ADDRESS, 0, "page {got:hex} is page 0 or does not fit QueuePFN"},
    {VWR_FAULT_RSC_PLACE, 0,
     "the resource table has the ring of queue {where} at {got:hex} (0xffffffff: anywhere below 4 GiB), and "
     "its "
     "memory is elsewhere"},
    /* PCI; also described by a class's explain function, which does not depend on the transport */
    {VWR_FAULT_PCI_SIZE, EXPLAIN_NOT_WHOLE,
     "the device has {:size} descriptors; in the legacy interface this is a power of 2, at most {:size_max}"},
    {VWR_FAULT_PCI_SIZE, 0,
     "the device has {:size} descriptors, which the legacy interface cannot change: pass a size of {:size} "
     "and "
     "{got} bytes of shared memory for the ring and the requests; {:given} bytes for fewer were passed"},
    {VWR_FAULT_PCI_NOTIFY, 0,
     "it is notified at {got:hex} of the structure of NOTIFY_CFG: behind its end, or not aligned to a "
     "notification, which has 2 bytes, and 4 with NOTIFICATION_DATA"},
    {VWR_FAULT_PCI_VECTOR, 0, "the device does not accept MSI-X vector {got}"},
    {VWR_FAULT_RING, 0, "the device used a buffer that is not in flight"},
    {VWR_FAULT_QUEUE_NO_RESET, 0,
     "the device offers RING_RESET, but QueueReady still reads {got} after a reset of the queue"},
    {VWR_FAULT_QUEUE_RESET, 0, "QueueReset still reads {got}: the reset does not complete"},
    /* configuration */
    {VWR_FAULT_CONFIG, 0, "the configuration changed during each of {got} reads"},
    {VWR_FAULT_CONFIG_VALUE, 0,
     "the field at offset {where} of the configuration reads {got}: outside the limits of the specification"},
    {VWR_FAULT_CONFIG_BYTES, 0,
     "the driver needs {where} bytes of device configuration, {got} are there: at the capability DEVICE_CFG "
     "of a "
     "PCI function, in its legacy BAR, or behind the registers in an MMIO window"},
    {0, 0, NULL},
};

static void explain_put_device(struct vwr_text *t, const struct vwr_message_args *a, uint64_t type)
{
    const char *const name = vwr_name(vwr_id_names, (uint32_t)type);

    (void)a;
    vwr_text_dec(t, type);
    if (name != NULL) {
        vwr_text_str(t, " (");
        vwr_text_str(t, name);
        vwr_text_str(t, ")");
    }
}

static void explain_put_missing(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)v;
    vwr_message_put_feature(t, a, explain_bit(a->fault));
}

/* Appends the nonzero words of the feature set, and always the lower two. */
static void explain_put_offered(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)v;
    for (unsigned i = VWR_FEATURE_WORDS; i-- > 0;) {
        if (i >= 2 && a->dev->offered.w[i] == 0)
            continue;
        vwr_text_str(t, " ");
        vwr_text_hex(t, a->dev->offered.w[i]);
    }
}

/*
 * Appends the features that the device offers and the driver did not accept, if there are any. Reserved
 * features have high numbers, and are those on which a device may insist, so the highest come first.
 */
static void explain_put_left_out(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    const struct vwr_dev *const d = a->dev;
    unsigned count = 0;

    (void)v;
    for (uint32_t bit = 32u * VWR_FEATURE_WORDS; bit-- > 0;) {
        if (!vwr_features_have(&d->offered, bit) || vwr_features_have(&d->config.features, bit))
            continue;
        if (count == 0)
            vwr_text_str(t, "; offered, but not accepted:");
        if (count++ >= EXPLAIN_LEFT_MAX)
            continue;
        vwr_text_str(t, " ");
        vwr_message_put_bit(t, a, bit);
    }
    if (count <= EXPLAIN_LEFT_MAX)
        return;
    vwr_text_str(t, " and ");
    vwr_text_dec(t, count - EXPLAIN_LEFT_MAX);
    vwr_text_str(t, " more");
}

static void explain_put_register(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)v;
    vwr_text_str(t, vwr_dev_is_legacy(a->dev) ? "QueuePFN" : "QueueReady");
}

static void explain_put_size_max(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)a;
    (void)v;
    vwr_text_dec(t, VWR_SPLIT_RING_SIZE_MAX);
}

static void explain_put_size(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)v;
    vwr_text_dec(t, a->dev->fault_size);
}

static void explain_put_array(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)v;
    vwr_text_str(t, a->dev->shortage.size != NULL ? a->dev->shortage.size : "the size of an array");
}

static void explain_put_given(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)v;
    vwr_text_dec(t, a->dev->shortage.given);
}

static void explain_put_ring_align(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)v;
    vwr_text_dec(t, vwr_split_memory_align(vwr_dev_is_legacy(a->dev)));
}

static void explain_put_registers(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)a;
    (void)v;
    vwr_text_dec(t, VWR_MMIO_CONFIG);
}

static void explain_put_bit(struct vwr_text *t, const struct vwr_message_args *a, uint64_t bit)
{
    (void)a;
    vwr_message_put_name(t, vwr_status_names, bit);
}

static const struct vwr_message_type explain_types[] = {
    {"bit", explain_put_bit, NULL},
    {"device", explain_put_device, NULL},
    {"missing", explain_put_missing, NULL},
    {"offered", explain_put_offered, NULL},
    {"left_out", explain_put_left_out, NULL},
    {"register", explain_put_register, NULL},
    {"registers", explain_put_registers, NULL},
    {"size", explain_put_size, NULL},
    {"array", explain_put_array, NULL},
    {"given", explain_put_given, NULL},
    {"size_max", explain_put_size_max, NULL},
    {"ring_align", explain_put_ring_align, NULL},
    {NULL, NULL, NULL},
};

const struct vwr_messages vwr_dev_messages = {explain_rows, explain_types, explain_holds, &vwr_message_base};

void vwr_message_begin(struct vwr_message_args *args, const struct vwr_messages *messages,
                       const struct vwr_name *features, const struct vwr_dev *dev,
                       const struct vwr_fault *fault)
{
    args->letters = "wgqtrm"; /* where, got; for a request also queue, timeout, ring and memory */
    args->value[0] = fault->where;
    args->value[1] = fault->got;
    vwr_message_set_request(args, 0, 0, 0, NULL);
    args->messages = messages;
    args->features = features;
    args->dev = dev;
    args->fault = fault;
    args->vdev = NULL;
}

void vwr_message_put_fault_(struct vwr_text *t, const struct vwr_message_args *args)
{
    const char *const text = vwr_message_find(args->fault->kind, args);

    if (VWR_FAULT_IS_OF_QUEUE(args->fault->kind))
        vwr_message_put(t, "queue {where}: ", args);
    vwr_message_put(t, text != NULL ? text : vwr_strerror(VWR_FAULT_RESULT(args->fault->kind)), args);
}

size_t vwr_message_explain(const struct vwr_message_args *args, char *text, size_t bytes)
{
    struct vwr_text t;

    vwr_text_begin(&t, text, bytes);
    vwr_message_put_fault_(&t, args);
    return t.length;
}

size_t vwr_dev_explain(const struct vwr_dev *d, char *text, size_t bytes)
{
    struct vwr_message_args a;

    vwr_message_begin(&a, &vwr_dev_messages, NULL, d, &d->fault);
    return vwr_message_explain(&a, text, bytes);
}
