/* SPDX-License-Identifier: MIT */
#include "../../runtime/device/transport/pci/vpci_common.h"
#include "prove.h"
#include "any_function.h"

/*
 * Guest accesses to a PCI function of our device side: vwr_vpci_space.c, vwr_vpci_registers.c. The functions
 * below replace the device code that these call.
 */

static bool is_written; /* what a read must not do */

static void check_queue(const struct vwr_vqueue *q)
{
    prove_that(q == &queue[0] || q == &queue[1]);
    is_written = true;
}

void vwr_vdev_start_queue_(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    (void)v;
    check_queue(q);
}

void vwr_vdev_reset_queue_(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    (void)v;
    check_queue(q);
}

void vwr_vdev_set_features_(struct vwr_vdev *v, uint32_t word, uint32_t value)
{
    (void)v, (void)word, (void)value;
    is_written = true;
}

void vwr_vdev_set_status_(struct vwr_vdev *v, uint32_t value)
{
    (void)v;
    prove_that(value <= UINT8_MAX);
    is_written = true;
}

void vwr_vdev_continue_suspend_(struct vwr_vdev *v)
{
    (void)v;
}

void vwr_vdev_run_deferred(struct vwr_vdev *v)
{
    (void)v;
}

void vwr_vdev_hold_(struct vwr_vdev *v, bool hold)
{
    (void)v, (void)hold;
    is_written = true;
}

void vwr_vpci_start_over_(struct vwr_vpci *f)
{
    (void)f;
    is_written = true;
}

void vwr_vpci_place_(struct vwr_vpci *f)
{
    (void)f;
    is_written = true;
}

void vwr_vpci_renew_(struct vwr_vpci *f)
{
    (void)f;
    is_written = true;
}

void vwr_vpci_send_pending_(struct vwr_vpci *f)
{
    (void)f;
    is_written = true;
}

uint32_t vwr_vpci_region_word_(const struct vwr_vpci *f, unsigned id, unsigned offset)
{
    PROVE_ANY(uint32_t, word);

    prove_that(id < f->v->shms && id < VWR_VPCI_REGIONS_MAX && offset >= 4u &&
               offset < sizeof(struct vwr_pci_cap64));
    return word;
}

/*
 * The window of the PCI_CFG capability accesses only addresses in the BAR, which a driver could also access
 * directly.
 */
void vwr_vpci_bar_(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write, uint64_t *value)
{
    PROVE_ANY(uint64_t, any);

    (void)f;
    prove_that((bytes == 1 || bytes == 2 || bytes == 4) && offset % bytes == 0 &&
               offset < VWR_VPCI_BAR_BYTES);
    if (!is_write)
        *value = any;
}

/* A read changes nothing, and its value has no bits beyond its width. */
void device_pci_space(void)
{
    PROVE_ANY(unsigned, offset);
    PROVE_ANY(unsigned, bytes);
    PROVE_ANY(bool, is_write);
    PROVE_ANY(uint64_t, value);

    any_function();
    prove_assume(offset < 4096u);
    vwr_vpci_space_access(&function, offset, bytes, is_write, &value);
    prove_that(is_write || (!is_written && value <= vpci_nothing(bytes)));
    prove_that(function.vector == vector && function.vectors <= VECTORS && function.v == &dev);
}

/* A write reaches the selected queue only if it exists, and assigns only vectors that exist. */
void device_pci_registers(void)
{
    PROVE_ANY(unsigned, offset);
    PROVE_ANY(unsigned, bytes);
    PROVE_ANY(bool, is_write);
    PROVE_ANY(uint64_t, value);

    any_function();
    dev.config_vector = queue[0].vector = queue[1].vector = VWR_PCI_MSI_NO_VECTOR;
    vwr_vpci_registers_(&function, offset, bytes, is_write, &value);
    prove_that(is_write || (!is_written && value <= UINT32_MAX));
    prove_that(dev.config_vector < function.vectors || dev.config_vector == VWR_PCI_MSI_NO_VECTOR);
    for (unsigned i = 0; i < QUEUES; i++)
        prove_that(queue[i].vector < function.vectors || queue[i].vector == VWR_PCI_MSI_NO_VECTOR);
}
