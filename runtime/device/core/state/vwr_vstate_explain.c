/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "../vdev/vdev_explain_common.h"

/* Messages for enum vwr_vstate_fault. A program that prints no messages does not link them. */

static const struct vwr_message vstate_rows[] = {
    {VWR_VSTATE_OK, 0, "the state is whole"},
    {VWR_VSTATE_ROOM, 0, "the state needs {a} bytes of memory"},
    {VWR_VSTATE_UNKNOWN, 0, "the table of classes lacks the device with id {a}"},
    {VWR_VSTATE_BUS, 0, "the device is on PCI, and no transport is named that saves it"},
    {VWR_VSTATE_UNSAFE, 0,
     "hardware behind the device can still access guest memory, or the device does not keep the keys of its "
     "sessions"},
    {VWR_VSTATE_HELD, 0, "the class of the device does not save its {a} buffers in flight"},
    {VWR_VSTATE_USED, 0,
     "a driver has used the device, its status is {a:hex}; only a device after a reset is loaded"},
    {VWR_VSTATE_PART, 0,
     "a part of type {a:hex} is missing or has a wrong header; the next part has type {b:hex}"},
    {VWR_VSTATE_LENGTH, 0, "a part of {a} bytes has a wrong length; {b} bytes are there"},
    {VWR_VSTATE_BEHIND, 0, "{a} bytes follow the last device"},
    {VWR_VSTATE_VERSION, 0, "the state has version {a}"},
    {VWR_VSTATE_CLASS, 0, "the state is one of a device with id {a}"},
    {VWR_VSTATE_QUEUES, 0, "the state is one of a device with {a} queues"},
    {VWR_VSTATE_INTERFACE, 0, "one of state and device is legacy, the other modern"},
    {VWR_VSTATE_OFFERED, 0, "the state is one of a device that offers {a:hex} in word {b} of its features"},
    {VWR_VSTATE_STATUS, 0, "with the features of its driver the device has no status {a:hex}"},
    {VWR_VSTATE_MEMORY, 0,
     "queue {queue}: its rings of {b} descriptors are invalid or not in guest memory; see address {a:hex}"},
    {VWR_VSTATE_INDEX, 0, "queue {queue}: no driver and device get to the positions {a:hex} and {b:hex}"},
    {VWR_VSTATE_FLIGHT, 0, "queue {queue}: the device cannot have buffer {a}, or not with these segments"},
    {VWR_VSTATE_FIELD, 0, "a part of type {a:hex} has a value that does not fit the device"},
    {0, 0, NULL},
};

static const struct vwr_messages vstate_messages = {vstate_rows, NULL, NULL, &vwr_message_base};

size_t vwr_vstate_explain(const struct vwr_vstate *s, char *text, size_t bytes)
{
    struct vwr_message_args a;
    struct vwr_text t;
    const char *found;

    vwr_text_begin(&t, text, bytes);
    vwr_vexplain_begin_(&a, NULL, &vstate_messages);
    a.letters = "abqws"; /* a, b, queue, where, slot */
    a.value[0] = s->a;
    a.value[1] = s->b;
    a.value[2] = s->queue;
    a.value[3] = s->done;
    a.value[4] = s->slot;
    vwr_message_put(&t, "slot {slot}, byte {where}: ", &a);
    found = vwr_message_find(s->fault, &a);
    vwr_message_put(&t, found != NULL ? found : "an unknown fault", &a);
    return t.length;
}
