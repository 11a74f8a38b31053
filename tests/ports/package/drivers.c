/* SPDX-License-Identifier: MIT */
#include "vwr/balloon.h"
#include "vwr/9p.h"
#include "vwr/fs.h"
#include "vwr/i2c.h"
#include "vwr/sound.h"
#include "vwr/gpio.h"
#include "vwr/pmem.h"
#include "vwr/iommu.h"
#include "vwr/mem.h"
#include "vwr/can.h"
#include "vwr/rtc.h"
#include "vwr/scmi.h"
#include "vwr/spi.h"
#include "vwr/vsock.h"
#include "vwr/console.h"
#include "vwr/entropy.h"
#include "vwr/gpu.h"
#include "vwr/input.h"
#include "vwr/mmio.h"
#include "vwr/net.h"
#include "vwr/scsi.h"
#include "vwr/crypto.h"
#include "vwr/net_control.h"

#include <stdio.h>

/*
 * Each of our drivers opens a register block that is an array. This device has the driver's type, and offers
 * no feature, not even VERSION_1. Built as C11 and as C++17.
 */

static uint32_t registers[VWR_MMIO_SIZE / sizeof(uint32_t)];
static struct vwr_mmio mmio;

static bool probe(uint32_t type)
{
    registers[VWR_MMIO_MAGIC_VALUE / sizeof(uint32_t)] = vwr_cpu_to_le32(VWR_MMIO_MAGIC_VALUE_VALUE);
    registers[VWR_MMIO_VERSION / sizeof(uint32_t)] = vwr_cpu_to_le32(2);
    registers[VWR_MMIO_DEVICE_ID / sizeof(uint32_t)] = vwr_cpu_to_le32(type);
    return vwr_mmio_probe(&mmio, registers, sizeof(registers)) == VWR_OK;
}

static int open_net(void)
{
    static struct vwr_net net;
    static struct vwr_net_pair pair[1];
    static struct vwr_net_shared shared[1];
    static struct vwr_net_control control;
    static struct vwr_net_options options;

    options.pair = pair;
    options.pair_count = 1;
    options.shared = shared;
    options.shared_count = 1;
    vwr_net_use_control(&options, &control);
    return probe(VWR_NET_ID) ? vwr_net_open(&net, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_console(void)
{
    static struct vwr_console console;
    static struct vwr_console_port port[VWR_CONSOLE_PORTS(1)];
    static struct vwr_console_shared shared[VWR_CONSOLE_QUEUES(1)];
    static struct vwr_console_options options;

    options.port = port;
    options.port_count = VWR_COUNT(port);
    options.shared = shared;
    options.shared_count = VWR_COUNT(shared);
    return probe(VWR_CONSOLE_ID) ? vwr_console_open(&console, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_input(void)
{
    static struct vwr_input input;
    static struct vwr_input_shared shared;
    static struct vwr_input_options options;
    static uint64_t event[16];

    options.shared = &shared;
    options.event = event;
    options.event_count = VWR_COUNT(event);
    return probe(VWR_INPUT_ID) ? vwr_input_open(&input, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_gpu(void)
{
    static struct vwr_gpu gpu;
    static struct vwr_gpu_shared shared;
    static struct vwr_gpu_options options;

    options.shared = &shared;
    return probe(VWR_GPU_ID) ? vwr_gpu_open(&gpu, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_entropy(void)
{
    static struct vwr_entropy entropy;
    static struct vwr_entropy_shared shared;
    static struct vwr_entropy_options options;

    options.shared = &shared;
    return probe(VWR_ENTROPY_ID) ? vwr_entropy_open(&entropy, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_balloon(void)
{
    static struct vwr_balloon balloon;
    static struct vwr_balloon_shared shared;
    static struct vwr_balloon_options options;
    static uint32_t pages[16];

    options.shared = &shared;
    options.pages = pages;
    options.page_count = VWR_COUNT(pages);
    return probe(VWR_BALLOON_ID) ? vwr_balloon_open(&balloon, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_fs(void)
{
    static struct vwr_fs fs;
    static struct vwr_fs_shared shared;
    static struct vwr_fs_options options;

    options.shared = &shared;
    return probe(VWR_FS_ID) ? vwr_fs_open(&fs, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_9p(void)
{
    static struct vwr_9p folder;
    static struct vwr_9p_shared shared;
    static struct vwr_9p_options options;

    options.shared = &shared;
    return probe(VWR_9P_ID) ? vwr_9p_open(&folder, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_scsi(void)
{
    static struct vwr_scsi scsi;
    static struct vwr_scsi_shared shared;
    static struct vwr_scsi_options options;

    options.shared = &shared;
    return probe(VWR_SCSI_ID) ? vwr_scsi_open(&scsi, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_crypto(void)
{
    static struct vwr_crypto crypto;
    static struct vwr_crypto_shared shared;
    static struct vwr_crypto_options options;

    options.shared = &shared;
    return probe(VWR_CRYPTO_ID) ? vwr_crypto_open(&crypto, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_vsock(void)
{
    static struct vwr_vsock vsock;
    static struct vwr_vsock_shared shared;
    static struct vwr_vsock_options options;
    static struct vwr_socket socket;
    static uint8_t buffer[VWR_SOCKET_BYTES(1, 256u)];

    options.shared = &shared;
    options.sockets.socket = &socket;
    options.sockets.socket_count = 1;
    options.sockets.buffers = buffer;
    options.sockets.buffer_bytes = sizeof(buffer);
    return probe(VWR_VSOCK_ID) ? vwr_vsock_open(&vsock, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_i2c(void)
{
    static struct vwr_i2c i2c;
    static struct vwr_i2c_shared shared;
    static struct vwr_i2c_options options;

    options.shared = &shared;
    return probe(VWR_I2C_ID) ? vwr_i2c_open(&i2c, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_sound(void)
{
    static struct vwr_sound sound;
    static struct vwr_sound_shared shared;
    static struct vwr_sound_options options;

    options.shared = &shared;
    return probe(VWR_SND_ID) ? vwr_sound_open(&sound, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_gpio(void)
{
    static struct vwr_gpio gpio;
    static struct vwr_gpio_shared shared;
    static struct vwr_gpio_options options;
    static struct vwr_gpio_line line;

    options.shared = &shared;
    options.lines = &line;
    options.line_count = 1;
    return probe(VWR_GPIO_ID) ? vwr_gpio_open(&gpio, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_pmem(void)
{
    static struct vwr_pmem pmem;
    static struct vwr_pmem_shared shared;
    static struct vwr_pmem_options options;

    options.shared = &shared;
    return probe(VWR_PMEM_ID) ? vwr_pmem_open(&pmem, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_iommu(void)
{
    static struct vwr_iommu iommu;
    static struct vwr_iommu_shared shared;
    static struct vwr_iommu_options options;

    options.shared = &shared;
    return probe(VWR_IOMMU_ID) ? vwr_iommu_open(&iommu, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_mem(void)
{
    static struct vwr_mem mem;
    static struct vwr_mem_shared shared;
    static struct vwr_mem_options options;
    static uint32_t map[1];

    options.shared = &shared;
    options.map = map;
    options.map_count = 1;
    return probe(VWR_MEM_ID) ? vwr_mem_open(&mem, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_can(void)
{
    static struct vwr_can can;
    static struct vwr_can_shared shared;
    static struct vwr_can_options options;

    options.shared = &shared;
    return probe(VWR_CAN_ID) ? vwr_can_open(&can, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_spi(void)
{
    static struct vwr_spi spi;
    static struct vwr_spi_shared shared;
    static struct vwr_spi_options options;

    options.shared = &shared;
    return probe(VWR_SPI_ID) ? vwr_spi_open(&spi, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_scmi(void)
{
    static struct vwr_scmi scmi;
    static struct vwr_scmi_shared shared;
    static struct vwr_scmi_options options;

    options.shared = &shared;
    return probe(VWR_SCMI_ID) ? vwr_scmi_open(&scmi, &mmio.dev, &options) : VWR_ENODEV;
}

static int open_rtc(void)
{
    static struct vwr_rtc rtc;
    static struct vwr_rtc_shared shared;
    static struct vwr_rtc_options options;

    options.shared = &shared;
    return probe(VWR_RTC_ID) ? vwr_rtc_open(&rtc, &mmio.dev, &options) : VWR_ENODEV;
}

static bool refused(const char *name, int r)
{
    char why[200];

    (void)vwr_dev_explain(&mmio.dev, why, sizeof why);
    printf("%s: %s\n", name, r == VWR_EFEATURE ? why : vwr_strerror(r));
    return r == VWR_EFEATURE;
}

int main(void)
{
    bool all = refused("net", open_net());

    all = refused("console", open_console()) && all;
    all = refused("input", open_input()) && all;
    all = refused("gpu", open_gpu()) && all;
    all = refused("entropy", open_entropy()) && all;
    all = refused("balloon", open_balloon()) && all;
    all = refused("9p", open_9p()) && all;
    all = refused("fs", open_fs()) && all;
    all = refused("scsi", open_scsi()) && all;
    all = refused("vsock", open_vsock()) && all;
    all = refused("crypto", open_crypto()) && all;
    all = refused("i2c", open_i2c()) && all;
    all = refused("sound", open_sound()) && all;
    all = refused("gpio", open_gpio()) && all;
    all = refused("pmem", open_pmem()) && all;
    all = refused("iommu", open_iommu()) && all;
    all = refused("rtc", open_rtc()) && all;
    all = refused("can", open_can()) && all;
    all = refused("spi", open_spi()) && all;
    all = refused("scmi", open_scmi()) && all;
    all = refused("mem", open_mem()) && all;
    return all ? 0 : 1;
}
