/* SPDX-License-Identifier: MIT */
#include "world.h"
#include "vwr/9p.h"
#include "vwr/balloon.h"
#include "vwr/blk.h"
#include "vwr/console.h"
#include "vwr/crypto.h"
#include "vwr/entropy.h"
#include "vwr/fs.h"
#include "vwr/gen/gpu.h"
#include "vwr/gen/status.h"
#include "vwr/gpu.h"
#include "vwr/i2c.h"
#include "vwr/gpio.h"
#include "vwr/can.h"
#include "vwr/pmem.h"
#include "vwr/scmi.h"
#include "vwr/spi.h"
#include "vwr/iommu.h"
#include "vwr/rtc.h"
#include "vwr/mem.h"
#include "vwr/input.h"
#include "vwr/net.h"
#include "vwr/scsi.h"
#include "vwr/sound.h"
#include "vwr/vsock.h"
#include "vwr/open/rows.h"

#include <string.h>

/* vwr_open for each class: it opens the right class in memory of exactly the required size, and refuses
 * less. */

union own {
    struct vwr_blk_open_own blk;
    struct vwr_console_open_own console;
    struct vwr_entropy_open_own entropy;
    struct vwr_gpu_open_own gpu;
    struct vwr_input_open_own input;
    struct vwr_net_open_own net;
    struct vwr_balloon_open_own balloon;
    struct vwr_9p_open_own folder;
    struct vwr_scsi_open_own scsi;
    struct vwr_vsock_open_own vsock;
    struct vwr_sound_open_own sound;
    struct vwr_crypto_open_own crypto;
    struct vwr_i2c_open_own i2c;
    struct vwr_fs_open_own fs;
    struct vwr_gpio_open_own gpio;
    struct vwr_pmem_open_own pmem;
    struct vwr_can_open_own can;
    struct vwr_spi_open_own spi;
    struct vwr_scmi_open_own scmi;
    struct vwr_iommu_open_own iommu;
    struct vwr_rtc_open_own rtc;
    struct vwr_mem_open_own mem;
};

static union own own;
static struct vwr_opened opened;
static const struct vwr_open_class classes[] = {
    VWR_OPEN_9P,    VWR_OPEN_BALLOON, VWR_OPEN_BLK,  VWR_OPEN_CONSOLE, VWR_OPEN_CRYPTO, VWR_OPEN_ENTROPY,
    VWR_OPEN_FS,    VWR_OPEN_GPU,     VWR_OPEN_I2C,  VWR_OPEN_GPIO,    VWR_OPEN_RTC,    VWR_OPEN_IOMMU,
    VWR_OPEN_INPUT, VWR_OPEN_NET,     VWR_OPEN_PMEM, VWR_OPEN_SCSI,    VWR_OPEN_SOUND,  VWR_OPEN_VSOCK,
    VWR_OPEN_MEM,   VWR_OPEN_CAN,     VWR_OPEN_SPI,  VWR_OPEN_SCMI};
#define CLASSES (sizeof(classes) / sizeof(classes[0]))

/* A device of a type: modern, because some types have no legacy interface. */
static void plug_type(struct world *w, uint32_t type)
{
    world_plug(w, VWR_MMIO_VERSION_MODERN);
    if (type != VWR_BLK_ID) {
        w->f.device_id = type;
        w->f.on_notify = NULL;
        memset(w->f.config, 0, sizeof(w->f.config));
        fake_withhold(&w->f, VWR_BLK_F_FLUSH);
        fake_withhold(&w->f, VWR_BLK_F_BLK_SIZE);
        fake_withhold(&w->f, VWR_BLK_F_SEG_MAX);
        for (unsigned i = 0; i < 4; i++)
            w->f.queue[i].size_max = 64;
        if (type == VWR_GPU_ID)
            fake_config(&w->f, VWR_GPU_CONFIG_NUM_SCANOUTS, 4, 1);
        if (type == VWR_SCSI_ID) {
            fake_config(&w->f, VWR_SCSI_CONFIG_NUM_QUEUES, 4, 1);
            fake_config(&w->f, VWR_SCSI_CONFIG_SENSE_SIZE, 4, VWR_SCSI_SENSE_DEFAULT_SIZE);
            fake_config(&w->f, VWR_SCSI_CONFIG_CDB_SIZE, 4, VWR_SCSI_CDB_DEFAULT_SIZE);
        }
        if (type == VWR_CAN_ID)
            fake_offer(&w->f, VWR_CAN_F_CAN_CLASSIC);
        if (type == VWR_PMEM_ID)
            fake_config(&w->f, VWR_PMEM_CONFIG_SIZE, 8, 1);
        if (type == VWR_GPIO_ID)
            fake_config(&w->f, VWR_GPIO_CONFIG_NGPIO, 2, 1);
        if (type == VWR_CRYPTO_ID)
            fake_config(&w->f, VWR_CRYPTO_CONFIG_MAX_DATAQUEUES, 4, 1);
        if (type == VWR_FS_ID)
            fake_config(&w->f, VWR_FS_CONFIG_NUM_REQUEST_QUEUES, 4, 1);
        if (type == VWR_I2C_ID)
            fake_offer(&w->f, VWR_I2C_F_ZERO_LENGTH_REQUEST);
        if (type == VWR_IOMMU_ID) {
            fake_config(&w->f, VWR_IOMMU_CONFIG_PAGE_SIZE_MASK, 8, 4096);
            fake_offer(&w->f, VWR_IOMMU_F_MAP_UNMAP);
        }
        if (type == VWR_MEM_ID)
            fake_config(&w->f, VWR_MEM_CONFIG_BLOCK_SIZE, 8, 4096);
        if (type == VWR_VSOCK_ID)
            fake_config(&w->f, VWR_VSOCK_CONFIG_GUEST_CID, 8, 3);
    }
    assert_int_equal(world_probe(w), VWR_OK);
    fake_forget(&w->f);
}

/* Memory of exactly the size that the class requires. */
static struct vwr_open_options options_of(const struct vwr_open_class *cls)
{
    struct vwr_open_options options = {.classes = classes, .class_count = CLASSES, .own = &own};

    memset(&own, 0xa5, sizeof(own)); /* memory of the embedder is not zeroed, nor is the memory behind it: */
    memset(&opened, 0xa5, sizeof(opened));
    options.own_bytes = cls->own_bytes;
    options.shared_bytes = cls->shared_bytes;
    options.shared = fake_ram_alloc(cls->shared_bytes, cls->shared_align);
    return options;
}

/* Checks the class of the handle. */
static void is_open_as(const struct vwr_open_class *cls)
{
    const void *const found[CLASSES] = {
        vwr_opened_driver(&opened, &vwr_9p_bringup),     vwr_opened_driver(&opened, &vwr_balloon_bringup),
        vwr_opened_driver(&opened, &vwr_blk_bringup),    vwr_opened_driver(&opened, &vwr_console_bringup),
        vwr_opened_driver(&opened, &vwr_crypto_bringup), vwr_opened_driver(&opened, &vwr_entropy_bringup),
        vwr_opened_driver(&opened, &vwr_fs_bringup),     vwr_opened_driver(&opened, &vwr_gpu_bringup),
        vwr_opened_driver(&opened, &vwr_i2c_bringup),    vwr_opened_driver(&opened, &vwr_gpio_bringup),
        vwr_opened_driver(&opened, &vwr_rtc_bringup),    vwr_opened_driver(&opened, &vwr_iommu_bringup),
        vwr_opened_driver(&opened, &vwr_input_bringup),  vwr_opened_driver(&opened, &vwr_net_bringup),
        vwr_opened_driver(&opened, &vwr_pmem_bringup),   vwr_opened_driver(&opened, &vwr_scsi_bringup),
        vwr_opened_driver(&opened, &vwr_sound_bringup),  vwr_opened_driver(&opened, &vwr_vsock_bringup),
        vwr_opened_driver(&opened, &vwr_mem_bringup),    vwr_opened_driver(&opened, &vwr_can_bringup),
        vwr_opened_driver(&opened, &vwr_spi_bringup),    vwr_opened_driver(&opened, &vwr_scmi_bringup)};

    for (size_t i = 0; i < CLASSES; i++)
        assert_ptr_equal(found[i], &classes[i] == cls ? (const void *)&own : NULL);
}

static void nothing_behind(size_t bytes)
{
    for (size_t i = bytes; i < sizeof(own); i++)
        assert_int_equal(((const uint8_t *)&own)[i], 0xa5);
}

static void opens_each(void **state)
{
    struct world *const w = *state;

    for (size_t i = 0; i < CLASSES; i++) {
        const struct vwr_open_class *const cls = &classes[i];
        struct vwr_open_options options;

        fake_ram_reset();
        plug_type(w, cls->bringup->type);
        options = options_of(cls);
        assert_ptr_equal(vwr_open_find(&w->mmio.dev, classes, CLASSES), cls);
        assert_int_equal(vwr_open(&opened, &w->mmio.dev, &options), VWR_OK);
        assert_ptr_equal(opened.cls, cls);
        assert_int_equal(opened.bringup->dev->state, VWR_DEV_LIVE);
        is_open_as(cls);
        nothing_behind(cls->own_bytes);
        assert_int_equal(vwr_open(&opened, &w->mmio.dev, &options), VWR_EBUSY);
        is_open_as(cls); /* still */
        assert_int_equal(vwr_close(opened.bringup), VWR_OK);
        assert_int_equal(w->f.status, 0);
        assert_int_equal(vwr_open(&opened, &w->mmio.dev, &options), VWR_OK);
        assert_int_equal(vwr_close(opened.bringup), VWR_OK);
    }
}

/* What a class refuses of its device has the class's message, though the device is not open. */
static void D31_failed_open_is_explained(void **state)
{
    struct world *const w = *state;
    struct vwr_open_options options;

    plug_type(w, VWR_BLK_ID);
    w->f.offered[0] |= 1u << VWR_BLK_F_BLK_SIZE;
    w->f.config[VWR_BLK_CONFIG_BLK_SIZE] = 1;
    options = options_of(vwr_open_find(&w->mmio.dev, classes, CLASSES));
    assert_int_equal(vwr_open(&opened, &w->mmio.dev, &options), VWR_EPROTO);
    assert_true(vwr_opened_explain(&opened, w->text, sizeof(w->text)) > 0);
    assert_non_null(strstr(w->text, "blk_size"));
    is_open_as(NULL);
    assert_int_equal(vwr_close(opened.bringup), VWR_EINVAL);
    assert_int_equal(vwr_recover(opened.bringup), VWR_EFAILED);
}

/* The same call recovers each class, and its explanation uses the messages of the class. */
static void D36_recovers_each(void **state)
{
    struct world *const w = *state;

    for (size_t i = 0; i < CLASSES; i++) {
        struct vwr_open_options options;
        int r;

        fake_ram_reset();
        plug_type(w, classes[i].bringup->type);
        options = options_of(&classes[i]);
        assert_int_equal(vwr_open(&opened, &w->mmio.dev, &options), VWR_OK);
        w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
        assert_int_equal(vwr_dev_check(opened.bringup->dev), VWR_ENEEDSRESET);
        assert_true(vwr_opened_explain(&opened, w->text, sizeof(w->text)) > 0);
        assert_non_null(strstr(w->text, "needs a reset"));
        assert_true(vwr_opened_explain(&opened, w->text, 2) > 2);
        assert_int_equal(strlen(w->text), 1);
        while ((r = vwr_recover(opened.bringup)) == VWR_EBUSY)
            ;
        assert_int_equal(r, VWR_OK);
        assert_int_equal(vwr_dev_check(opened.bringup->dev), VWR_OK);
        while ((r = vwr_freeze(opened.bringup)) == VWR_EBUSY)
            ;
        assert_int_equal(r, VWR_OK);
        assert_int_equal(vwr_get_stage(opened.bringup), VWR_STAGE_FROZEN);
        while ((r = vwr_recover(opened.bringup)) == VWR_EBUSY)
            ;
        assert_int_equal(r, VWR_OK);
        assert_int_equal(vwr_close(opened.bringup), VWR_OK);
    }
}

/* One invalid option: the result is an error, no class is open, and the device was not accessed. */
static void refused(struct world *w, const struct vwr_open_options *options, int result)
{
    const unsigned before = w->f.accesses;

    memset(&opened, 0xa5, sizeof(opened));
    assert_int_equal(vwr_open(&opened, &w->mmio.dev, options), result);
    assert_null(opened.cls);
    assert_int_equal(w->f.accesses, before);
    nothing_behind(0);
}

static void wrong_memory(void **state)
{
    struct world *const w = *state;

    for (size_t i = 0; i < CLASSES; i++) {
        const struct vwr_open_class *const cls = &classes[i];
        struct vwr_open_options right, wrong;

        fake_ram_reset();
        plug_type(w, cls->bringup->type);
        right = wrong = options_of(cls);
        wrong.own_bytes--;
        refused(w, &wrong, VWR_ENOMEM);
        wrong = right;
        wrong.shared_bytes--;
        refused(w, &wrong, VWR_ENOMEM);
        world_dev_explains(w, "shared_bytes is ");
        (void)vwr_opened_explain(&opened, w->text, sizeof(w->text));
        assert_non_null(strstr(w->text, "shared_bytes is "));
        wrong = right;
        wrong.own = (uint8_t *)&own + cls->own_align / 2;
        wrong.own_bytes = sizeof(own) - cls->own_align / 2;
        refused(w, &wrong, VWR_ENOMEM);
        wrong = right;
        wrong.shared =
            (uint8_t *)fake_ram_alloc(2 * cls->shared_bytes, cls->shared_align) + cls->shared_align / 2;
        wrong.shared_bytes *= 2;
        refused(w, &wrong, VWR_ENOMEM);
    }
}

static void no_class_for_it(void **state)
{
    struct world *const w = *state;
    const struct vwr_open_class *net;
    struct vwr_open_options options;

    plug_type(w, VWR_NET_ID);
    net = vwr_open_find(&w->mmio.dev, classes, CLASSES);
    options = options_of(net);
    options.class_count = (size_t)(net - classes); /* net and those after it are left out */
    refused(w, &options, VWR_ETYPE);
    world_dev_explains(w, "type 1 (Network device), which no driver supports");
    options.class_count = 0;
    refused(w, &options, VWR_ETYPE);
    w->f.device_id = 0;
    assert_int_equal(world_probe(w), VWR_ENODEV);
    options.class_count = CLASSES;
    refused(w, &options, VWR_ENODEV);
    world_dev_explains(w, "DeviceID reads 0");
}

/* The results of the class's own open, including its errors. */
static void opens_as_its_class(void **state)
{
    struct world *const w = *state;
    struct vwr_open_options options;
    size_t bytes;

    plug_type(w, VWR_BLK_ID);
    fake_offer(&w->f, VWR_F_RING_PACKED);
    options = options_of(vwr_open_find(&w->mmio.dev, classes, CLASSES));
    assert_int_equal(vwr_open(&opened, &w->mmio.dev, &options), VWR_OK);
    assert_true(fake_took(&w->f, VWR_F_RING_PACKED));
    bytes = vwr_opened_features(&opened, w->text, sizeof(w->text));
    assert_int_equal(bytes, strlen(w->text));
    assert_non_null(strstr(w->text, "FLUSH "));
    assert_non_null(strstr(w->text, " VERSION_1 RING_PACKED"));
    assert_true(vwr_opened_features(&opened, w->text, 3) > 3);
    assert_string_equal(w->text, "SE"); /* SEG_MAX */
    assert_int_equal(vwr_close(opened.bringup), VWR_OK);
    vwr_features_add(&options.avoid, VWR_F_RING_PACKED);
    assert_int_equal(vwr_open(&opened, &w->mmio.dev, &options), VWR_OK);
    assert_false(fake_took(&w->f, VWR_F_RING_PACKED));
    assert_int_equal(vwr_blk_read(vwr_opened_driver(&opened, &vwr_blk_bringup), 0, w->buffer, 8), VWR_OK);
    assert_true(world_has_pattern(w, 0, 8));
    assert_int_equal(vwr_close(opened.bringup), VWR_OK);
    w->f.quirks.refuse_status = VWR_STATUS_FEATURES_OK;
    assert_int_equal(vwr_open(&opened, &w->mmio.dev, &options), VWR_EFEATURE);
    assert_null(opened.cls);
    assert_int_equal(vwr_open(&opened, &w->mmio.dev, &options), VWR_EFAILED);
}

/* A class of the caller may have no names, and its device may have a feature that no class names. */
static void class_without_words(void **state)
{
    struct world *const w = *state;
    struct vwr_open_options options;
    const struct vwr_open_class *row;
    struct vwr_open_class c;
    size_t bytes;

    plug_type(w, VWR_BLK_ID);
    options = options_of(vwr_open_find(&w->mmio.dev, classes, CLASSES));
    assert_int_equal(vwr_open(&opened, &w->mmio.dev, &options), VWR_OK);
    row = opened.cls;
    c = *row;
    c.messages = NULL;
    c.feature_names = NULL;
    opened.cls = &c;
    assert_int_equal(vwr_opened_explain(&opened, w->text, sizeof(w->text)), 0);
    assert_string_equal(w->text, "");
    bytes = vwr_opened_features(&opened, w->text, sizeof(w->text));
    assert_int_equal(bytes, strlen(w->text));
    assert_memory_equal(w->text, "2 6 9 ", 6); /* SEG_MAX, BLK_SIZE, FLUSH */
    assert_non_null(strstr(w->text, " VERSION_1"));
    opened.cls = row;
    assert_int_equal(vwr_close(opened.bringup), VWR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {WORLD_TEST(opens_each),
                                       WORLD_TEST(D36_recovers_each),
                                       WORLD_TEST(D31_failed_open_is_explained),
                                       WORLD_TEST(wrong_memory),
                                       WORLD_TEST(no_class_for_it),
                                       WORLD_TEST(opens_as_its_class),
                                       WORLD_TEST(class_without_words)};

    return cmocka_run_group_tests_name("open", tests, NULL, NULL);
}
