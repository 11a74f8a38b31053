/* SPDX-License-Identifier: MIT */
#include "monitor.h"

#include "vwr/gen/9p.h"
#include "vwr/gen/balloon.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/can.h"
#include "vwr/gen/console.h"
#include "vwr/gen/crypto.h"
#include "vwr/gen/fs.h"
#include "vwr/gen/gpio.h"
#include "vwr/gen/gpu.h"
#include "vwr/gen/i2c.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/input.h"
#include "vwr/gen/iommu.h"
#include "vwr/gen/mem.h"
#include "vwr/gen/net.h"
#include "vwr/gen/pmem.h"
#include "vwr/gen/rtc.h"
#include "vwr/gen/scsi.h"
#include "vwr/gen/scmi.h"
#include "vwr/gen/spi.h"
#include "vwr/gen/sound.h"
#include "vwr/gen/vsock.h"

#include <string.h>

/* The data about a class that the monitor takes from the description. A class without a row is checked only
 * against the common rules. */
struct class_row {
    const char *name; /* as for vwr-vhost */
    uint32_t id;
    const struct vwr_name *names;
    const struct vwr_config_field *fields;
    size_t field_count;
    const struct vwr_feature_rule *rules;
    size_t rule_count;
};

static const struct class_row classes[] = {
    {"net", VWR_ID_NET, vwr_net_feature_names, vwr_net_config_fields, VWR_NET_CONFIG_FIELD_COUNT,
     vwr_net_feature_rules, VWR_NET_FEATURE_RULE_COUNT},
    {"blk", VWR_ID_BLOCK, vwr_blk_feature_names, vwr_blk_config_fields, VWR_BLK_CONFIG_FIELD_COUNT, NULL, 0},
    {"rng", VWR_ID_RNG, NULL, NULL, 0, NULL, 0},
    {"console", VWR_ID_CONSOLE, vwr_console_feature_names, vwr_console_config_fields,
     VWR_CONSOLE_CONFIG_FIELD_COUNT, NULL, 0},
    {"balloon", VWR_ID_BALLOON, vwr_balloon_feature_names, vwr_balloon_config_fields,
     VWR_BALLOON_CONFIG_FIELD_COUNT, NULL, 0},
    {"scsi", VWR_ID_SCSI, vwr_scsi_feature_names, vwr_scsi_config_fields, VWR_SCSI_CONFIG_FIELD_COUNT, NULL,
     0},
    {"9p", VWR_ID_9P, vwr_9p_feature_names, vwr_9p_config_fields, VWR_9P_CONFIG_FIELD_COUNT, NULL, 0},
    {"gpu", VWR_ID_GPU, vwr_gpu_feature_names, vwr_gpu_config_fields, VWR_GPU_CONFIG_FIELD_COUNT,
     vwr_gpu_feature_rules, VWR_GPU_FEATURE_RULE_COUNT},
    {"input", VWR_ID_INPUT, NULL, vwr_input_config_fields, VWR_INPUT_CONFIG_FIELD_COUNT, NULL, 0},
    {"vsock", VWR_ID_VSOCK, vwr_vsock_feature_names, vwr_vsock_config_fields, VWR_VSOCK_CONFIG_FIELD_COUNT,
     NULL, 0},
    {"crypto", VWR_ID_CRYPTO, vwr_crypto_feature_names, vwr_crypto_config_fields,
     VWR_CRYPTO_CONFIG_FIELD_COUNT, vwr_crypto_feature_rules, VWR_CRYPTO_FEATURE_RULE_COUNT},
    {"sound", VWR_ID_SOUND, vwr_snd_feature_names, vwr_snd_config_fields, VWR_SND_CONFIG_FIELD_COUNT, NULL,
     0},
    {"fs", VWR_ID_FS, vwr_fs_feature_names, vwr_fs_config_fields, VWR_FS_CONFIG_FIELD_COUNT, NULL, 0},
    {"gpio", VWR_ID_GPIO, vwr_gpio_feature_names, vwr_gpio_config_fields, VWR_GPIO_CONFIG_FIELD_COUNT, NULL,
     0},
    {"i2c", VWR_ID_I2C_ADAPTER, vwr_i2c_feature_names, NULL, 0, NULL, 0},
    {"pmem", VWR_ID_PMEM, vwr_pmem_feature_names, vwr_pmem_config_fields, VWR_PMEM_CONFIG_FIELD_COUNT, NULL,
     0},
    {"iommu", VWR_ID_IOMMU, vwr_iommu_feature_names, vwr_iommu_config_fields, VWR_IOMMU_CONFIG_FIELD_COUNT,
     NULL, 0},
    {"spi", VWR_ID_SPI, NULL, vwr_spi_config_fields, VWR_SPI_CONFIG_FIELD_COUNT, NULL, 0},
    {"scmi", VWR_ID_SCMI, vwr_scmi_feature_names, NULL, 0, NULL, 0},
    {"can", VWR_ID_CAN, vwr_can_feature_names, vwr_can_config_fields, VWR_CAN_CONFIG_FIELD_COUNT, NULL, 0},
    {"rtc", VWR_ID_CLOCK, vwr_rtc_feature_names, NULL, 0, NULL, 0},
    {"mem", VWR_ID_MEM, vwr_mem_feature_names, vwr_mem_config_fields, VWR_MEM_CONFIG_FIELD_COUNT, NULL, 0},
};

void class_set(struct vwr_monitor_setup *s, uint32_t id)
{
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        const struct class_row *const c = &classes[i];

        if (c->id != id)
            continue;
        s->feature_names = c->names;
        s->fields = c->fields;
        s->field_count = c->field_count;
        s->rules = c->rules;
        s->rule_count = c->rule_count;
    }
    s->net = id == VWR_ID_NET;
    if (id == VWR_ID_BLOCK) {
        s->requests = vwr_blk_requests;
        s->request_count = VWR_BLK_REQUEST_COUNT;
    }
}

uint32_t class_id(const char *name)
{
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
        if (strcmp(classes[i].name, name) == 0)
            return classes[i].id;
    return 0;
}
