/* SPDX-License-Identifier: MIT */
#include "vwr/message.h"
#include "pci_common.h"

/* Messages for faults specific to PCI. */

static const struct vwr_message pci_explain_rows[] = {
    {VWR_FAULT_PCI_OTHER, 0, "vendor and device id read {got:hex}: not a virtio function"},
    {VWR_FAULT_PCI_STRUCTURE, 0,
     "no capability {where:capability} leads to a structure in a BAR inside a window that is long enough and "
     "aligned: COMMON_CFG to 4 bytes, NOTIFY_CFG to 2"},
    {VWR_FAULT_PCI_CFG, 0, "capability PCI_CFG at {got:hex} (0: none) does not keep the value written to it"},
    {VWR_FAULT_PCI_VECTORS, 0, "{where} MSI-X messages were passed, and the device has {got} vectors"},
    {VWR_FAULT_PCI_TABLE, 0, "the MSI-X table at {got:hex} of BAR {where} is not in a BAR inside a window"},
    {VWR_FAULT_PCI_MODERN, 0, "the device ID {got:hex} is that of a device without the legacy interface"},
    {VWR_FAULT_PCI_BAR, 0, "BAR {where} is not an I/O BAR inside a window, as the legacy interface requires"},
    {VWR_FAULT_QUEUE_ADDRESS, 0,
     "the legacy interface needs a 32-bit page number other than 0; that of its memory ends in "
     "{got:hex}"},
    {0, 0, NULL},
};

static const struct vwr_message_type pci_explain_types[] = {
    {"capability", NULL, vwr_pci_cap_type_names},
    {NULL, NULL, NULL},
};

static const struct vwr_messages pci_messages = {pci_explain_rows, pci_explain_types, NULL,
                                                 &vwr_dev_messages};

void vwr_pci_put_function_(struct vwr_text *t, uint32_t function)
{
    vwr_text_digits(t, function >> 8);
    vwr_text_char(t, ':');
    vwr_text_digits(t, function >> 3 & 0x1fu);
    vwr_text_char(t, '.');
    vwr_text_digits(t, function & 7u);
}

static void pci_explain_function(struct vwr_text *t, const struct vwr_message_args *args, uint64_t value)
{
    (void)args;
    vwr_pci_put_function_(t, (uint32_t)value);
}

static const struct vwr_message pci_host_rows[] = {
    {VWR_FAULT_PCI_PLACE, 0,
     "BAR {bar} of function {function:function} needs {size} bytes, which no window has free: the function "
     "was not placed and is off"},
    {VWR_FAULT_PCI_BUSES, 0,
     "bridge {function:function} has no bus number: none is free up to the host's last bus or its next root "
     "bus; devices behind it are unreachable"},
    {VWR_FAULT_PCI_DEPTH, 0,
     "bridge {function:function} is behind too many other bridges (VWR_PCI_DEPTH); devices behind it are "
     "unreachable"},
    {0, 0, NULL},
};

static const struct vwr_message_type pci_host_types[] = {
    {"function", pci_explain_function, NULL},
    {NULL, NULL, NULL},
};

static const struct vwr_messages pci_host_messages = {pci_host_rows, pci_host_types, NULL, &vwr_message_base};

size_t vwr_pci_host_explain(const struct vwr_pci_host *host, char *text, size_t bytes)
{
    const struct vwr_pci_fault *const f = &host->fault;
    const struct vwr_fault fault = {f->kind, 0, 0};
    struct vwr_message_args a;

    vwr_message_begin(&a, &pci_host_messages, NULL, NULL, &fault);
    a.letters = "fbs"; /* function, bar, size */
    a.value[0] = f->function;
    a.value[1] = f->bar;
    a.value[2] = f->bytes;
    return vwr_message_explain(&a, text, bytes);
}

size_t vwr_pci_explain(const struct vwr_pci *p, char *text, size_t bytes)
{
    struct vwr_message_args a;

    vwr_message_begin(&a, &pci_messages, NULL, &p->dev, &p->dev.fault);
    return vwr_message_explain(&a, text, bytes);
}
