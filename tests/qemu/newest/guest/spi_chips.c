// SPDX-License-Identifier: MIT
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/spi/spi.h>
#include <linux/virtio.h>
#include <uapi/linux/virtio_ids.h>

/*
 * Puts a chip at each chip select of a VirtIO SPI controller on PCI: without a device tree, Linux does not
 * know of any. spidev drives chips of this name.
 */
enum { VENDOR = 0x1af4, MODERN = 0x1040 };

/* A PCI device has others below it, such as its wakeup source. */
static int is_virtio(struct device *dev, const void *unused)
{
    return strstarts(dev_name(dev), "virtio");
}

static int __init spi_chips_init(void)
{
    struct pci_dev *const pci = pci_get_device(VENDOR, MODERN + VIRTIO_ID_SPI, NULL);
    struct device *const dev = pci ? device_find_child(&pci->dev, NULL, is_virtio) : NULL;
    struct spi_controller *const controller = dev ? dev_get_drvdata(dev) : NULL;
    struct spi_board_info chip = {.modalias = "dh2228fv", .max_speed_hz = 1000000};
    int r = controller ? 0 : -ENODEV;

    for (; r == 0 && chip.chip_select < controller->num_chipselect; chip.chip_select++)
        r = spi_new_device(controller, &chip) ? 0 : -ENODEV;
    put_device(dev);
    pci_dev_put(pci);
    return r;
}

static void __exit spi_chips_exit(void)
{
}

module_init(spi_chips_init);
module_exit(spi_chips_exit);
MODULE_DESCRIPTION("Chips of a VirtIO SPI controller");
MODULE_LICENSE("Dual MIT/GPL");
