/* SPDX-License-Identifier: MIT */
#include "vwr/9p.h"
#include "vwr/balloon.h"
#include "vwr/blk.h"
#include "vwr/console.h"
#include "vwr/entropy.h"
#include "vwr/fs.h"
#include "vwr/gpio.h"
#include "vwr/gpu.h"
#include "vwr/i2c.h"
#include "vwr/input.h"
#include "vwr/net.h"
#include "vwr/crypto.h"
#include "vwr/rtc.h"
#include "vwr/scsi.h"
#include "vwr/sound.h"
#include "vwr/vsock.h"
#include "vwr/open/rows.h"

#include "works.h"

#include <string.h>

/* What the driver of each class does with its device. device.py answers: the pattern and the numbers are the
 * same. */

#define POLLS 10u
#define FRAME 60u /* bytes: any MTU allows it */

const struct vwr_open_class class_rows[] = {
    VWR_OPEN_BLK,  VWR_OPEN_NET,   VWR_OPEN_CONSOLE, VWR_OPEN_ENTROPY, VWR_OPEN_GPIO, VWR_OPEN_INPUT,
    VWR_OPEN_RTC,  VWR_OPEN_I2C,   VWR_OPEN_BALLOON, VWR_OPEN_9P,      VWR_OPEN_GPU,  VWR_OPEN_FS,
    VWR_OPEN_SCSI, VWR_OPEN_VSOCK, VWR_OPEN_CRYPTO,  VWR_OPEN_SOUND};
const unsigned class_row_count = VWR_COUNT(class_rows);

void works_fill(uint8_t *data, size_t bytes, unsigned seed)
{
    for (size_t i = 0; i < bytes; i++)
        data[i] = (uint8_t)(i * 7 + seed);
}

bool works_is_filled(const uint8_t *data, size_t bytes, unsigned seed)
{
    for (size_t i = 0; i < bytes; i++)
        if (data[i] != (uint8_t)(i * 7 + seed))
            return false;
    return true;
}

/* A sector of the device's pattern, then the last block written and read back, unless the disk is read-only.
 */
static int blk_works(void *driver, uint8_t *data, const char **wrong)
{
    struct vwr_blk *const disk = driver;
    const uint32_t count = disk->info.block_bytes / VWR_BLK_SECTOR_BYTES;
    const uint32_t bytes = disk->info.block_bytes;
    const uint64_t last = disk->info.sectors - count;
    int r = vwr_blk_read(disk, 0, data, count);

    if (r != VWR_OK)
        return r;
    if (!works_is_filled(data, bytes, 1))
        *wrong = "the first block has other data";
    works_fill(data, bytes, 2);
    r = vwr_blk_write(disk, last, data, count);
    if (r == VWR_EROFS && disk->info.read_only)
        return VWR_OK;
    if (r == VWR_OK)
        r = vwr_blk_flush(disk);
    if (r != VWR_OK && r != VWR_EUNSUPP)
        return r;
    memset(data, 0, bytes);
    r = vwr_blk_read(disk, last, data, count);
    if (r == VWR_OK && !works_is_filled(data, bytes, 2))
        *wrong = "the last block has other data than were written";
    return r;
}

/* The device returns each frame. */
static int net_works(void *driver, uint8_t *data, const char **wrong)
{
    struct vwr_net *const card = driver;
    struct vwr_slice slice[VWR_NET_SLICES];
    struct vwr_net_packet packet = {0}, *sent;
    int r, got = 0;

    works_fill(data, FRAME, 3);
    vwr_net_fill(&packet, data, FRAME);
    r = vwr_net_submit(vwr_net_get_transmitq(card, 0), &packet);
    if (r == VWR_OK)
        (void)vwr_net_kick(vwr_net_get_transmitq(card, 0));
    for (unsigned i = 0; i < POLLS && r >= 0 && got == 0; i++) {
        r = vwr_net_reap(vwr_net_get_transmitq(card, 0), &sent, 1);
        if (r >= 0)
            r = got = vwr_net_receive_reap(vwr_net_get_receiveq(card, 0), slice, VWR_NET_SLICES);
    }
    if (r < 0)
        return r;
    if (got != 1 || slice[0].bytes != FRAME || !works_is_filled(slice[0].p, FRAME, 3))
        *wrong = "the frame did not return";
    return VWR_OK;
}

/* The device returns what is written. */
static int console_works(void *driver, uint8_t *data, const char **wrong)
{
    struct vwr_console *const c = driver;
    struct vwr_console_message m;
    int r, got = 0;

    for (unsigned i = 0; i < POLLS; i++)
        if ((r = vwr_console_poll(c, &m)) < 0 && r != VWR_EUNSUPP)
            return r;
    r = vwr_console_open_port(c, 0, true);
    works_fill(data, 64, 4);
    r = vwr_console_write(c, 0, data, 64);
    if (r < 0)
        return r;
    if (r != 64)
        *wrong = "64 bytes were not written at once";
    memset(data, 0, 64);
    for (unsigned i = 0; i < POLLS && got < 64; i++) {
        r = vwr_console_read(c, 0, data + got, 64 - (size_t)got);
        if (r < 0)
            return r;
        got += r;
    }
    if (got != 64 || !works_is_filled(data, 64, 4))
        *wrong = "the bytes did not return";
    return VWR_OK;
}

static int entropy_works(void *driver, uint8_t *data, const char **wrong)
{
    const int r = vwr_entropy_fill(driver, data, 32, 1000000);

    if (r == VWR_OK && !works_is_filled(data, 8, 5))
        *wrong = "other bytes than the device's";
    return r;
}

static int gpio_works(void *driver, uint8_t *data, const char **wrong)
{
    const unsigned line = vwr_gpio_lines(driver) - 1u;
    int r = vwr_gpio_set_value(driver, line, 1);

    (void)data;
    if (r == VWR_OK)
        r = vwr_gpio_set_direction(driver, line, VWR_GPIO_DIRECTION_OUT);
    if (r == VWR_OK)
        r = vwr_gpio_get_value(driver, line);
    if (r >= 0 && r != 1)
        *wrong = "the level of the last line is not what was set";
    return r < 0 ? r : VWR_OK;
}

/* The device sends one key and the end of its group, as soon as it has buffers. */
static int input_works(void *driver, uint8_t *data, const char **wrong)
{
    struct vwr_input_query q = {.select = VWR_INPUT_CFG_ID_NAME};
    struct vwr_input_event_msg event = {0};
    int r = VWR_EBUSY;

    (void)data;
    for (unsigned i = 0; i < POLLS && r == VWR_EBUSY; i++)
        r = vwr_input_ask(driver, &q);
    for (unsigned i = 0; i < POLLS && r >= 0; i++)
        r = vwr_input_poll(driver);
    if (r < 0)
        return r;
    if (q.size != 5 || memcmp(q.u.bytes, "world", 5) != 0)
        *wrong = "the name is not the device's";
    if (!vwr_input_read(driver, &event) || event.type != 1 || event.code != 30 || event.value != 1)
        *wrong = "the first event is not the key";
    return VWR_OK;
}

static int rtc_works(void *driver, uint8_t *data, const char **wrong)
{
    uint64_t ns = 0;
    const int r = vwr_rtc_read(driver, 0, &ns);

    (void)data;
    if (r == VWR_OK && ns != 0x1122334455667788u)
        *wrong = "the time is not the device's";
    return r;
}

/* The device adds 1 to the byte that was written, when it is read. */
static int i2c_works(void *driver, uint8_t *data, const char **wrong)
{
    int r;

    data[0] = 6;
    r = vwr_i2c_write_read(driver, 0x50, data, 1, data + 64, 4);
    if (r == VWR_OK && (data[64] != 7 || data[67] != 10))
        *wrong = "the bytes are not the target's";
    return r;
}

/* The device wants two pages, and then none. */
static int balloon_works(void *driver, uint8_t *data, const char **wrong)
{
    uint32_t pages[2] = {0x100, 0x101}, back[2] = {0, 0};
    uint32_t got = 0;
    int r = VWR_OK, given = 0;

    (void)data;
    for (unsigned i = 0; i < POLLS && r >= 0; i++) {
        r = vwr_balloon_poll(driver);
        if (r >= 0 && given < 2 && vwr_balloon_wanted(driver) != 0 &&
            (r = vwr_balloon_inflate(driver, pages + given, 2u - (uint32_t)given)) > 0)
            given += r;
        if (r >= 0 && vwr_balloon_surplus(driver) != 0 &&
            (r = vwr_balloon_deflate(driver, back + got, 2u - got)) > 0)
            got += (uint32_t)r;
    }
    if (r >= 0 && (given != 2 || got != 2))
        *wrong = "two pages did not go and come back";
    return r < 0 ? r : VWR_OK;
}

/* A session, and the attributes of its root. */
static int p9_works(void *driver, uint8_t *data, const char **wrong)
{
    const int root = vwr_9p_mount(driver);
    struct vwr_9p_attr attr;
    const int r = root < 0 ? root : vwr_9p_getattr(driver, root, &attr);

    (void)data;
    if (r == VWR_OK && attr.bytes != 4711)
        *wrong = "the size is not the device's";
    return r;
}

static int gpu_works(void *driver, uint8_t *data, const char **wrong)
{
    struct vwr_gpu_display display;
    const int r = vwr_gpu_read_displays(driver, &display, 1);

    (void)data;
    if (r == 1 && (!display.enabled || display.area.width != 640 || display.area.height != 480))
        *wrong = "the display is not the device's";
    return r < 0 ? r : VWR_OK;
}

/* A session, and the attributes of its root. */
static int fs_works(void *driver, uint8_t *data, const char **wrong)
{
    struct vwr_fs_node root;
    struct vwr_fs_attr attr;
    int r = vwr_fs_mount(driver, &root);

    (void)data;
    if (r == VWR_OK)
        r = vwr_fs_getattr(driver, &root, &attr);
    if (r == VWR_OK && attr.bytes != 4711)
        *wrong = "the size is not the device's";
    return r == VWR_OK ? vwr_fs_unmount(driver) : r;
}

const struct class_work class_works[] = {
    {VWR_BLK_ID, blk_works},
    {VWR_NET_ID, net_works},
    {VWR_CONSOLE_ID, console_works},
    {VWR_ENTROPY_ID, entropy_works},
    {VWR_GPIO_ID, gpio_works},
    {VWR_INPUT_ID, input_works},
    {VWR_RTC_ID, rtc_works},
    {VWR_I2C_ID, i2c_works},
    {VWR_BALLOON_ID, balloon_works},
    {VWR_9P_ID, p9_works},
    {VWR_GPU_ID, gpu_works},
    {VWR_FS_ID, fs_works},
    {VWR_SCSI_ID, scsi_works},
    {VWR_VSOCK_ID, vsock_works},
    {VWR_CRYPTO_ID, crypto_works},
    {VWR_SND_ID, sound_works},
    {0, NULL},
};
