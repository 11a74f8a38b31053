/* SPDX-License-Identifier: MIT */
#ifndef ANY_FUNCTION_H
#define ANY_FUNCTION_H

/* Any function of a device on PCI, in any state. */
#define QUEUES 2u
#define VECTORS 2u

static struct vwr_vdev dev;
static struct vwr_vdev_class kind;
static struct vwr_vm vm;
static struct vwr_vm_ops ops;
static struct vwr_vqueue queue[QUEUES];
static struct vwr_vpci_vector vector[VECTORS];
static struct vwr_vpci function;

static void any_irq(struct vwr_vm *of, uint32_t line, bool asserted)
{
    (void)of, (void)line, (void)asserted;
}

static void any_msi(struct vwr_vm *of, uint64_t addr, uint32_t data)
{
    (void)of, (void)addr, (void)data;
}

static void any_function(void)
{
    PROVE_ANY(struct vwr_vdev, any);
    PROVE_ANY(struct vwr_vdev_class, any_kind);
    PROVE_ANY(struct vwr_vpci, other);

    ops.irq = any_irq;
    ops.msi = any_msi;
    vm.ops = &ops;
    dev = any;
    kind = any_kind;
    function = other;
    dev.vm = &vm;
    dev.kind = &kind;
    dev.queue = queue;
    dev.locks = false;
    dev.stats.ignored = 0;
    function.v = &dev;
    function.vector = vector;
    prove_assume(dev.queues <= QUEUES && dev.shms <= VWR_VPCI_REGIONS_MAX && function.vectors <= VECTORS);
}

#endif
