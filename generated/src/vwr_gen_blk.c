/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/blk.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Block Device */

#include "vwr/gen/features.h"
#include "vwr/gen/blk.h"

const struct vwr_feature_rule vwr_blk_offer_rules[VWR_BLK_OFFER_RULE_COUNT] = {
    {.feature = VWR_BLK_F_CONFIG_WCE, .any = {VWR_BLK_F_FLUSH, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
};

const struct vwr_request vwr_blk_requests[VWR_BLK_REQUEST_COUNT] = {
    {
        .type = VWR_BLK_T_IN, .payload = VWR_PAYLOAD_IN, .sector = VWR_SECTOR_START,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_FEATURE_NONE,
        .refused_by = VWR_FEATURE_NONE,
        .unit = 512, .exact = 0,
    },
    {
        .type = VWR_BLK_T_OUT, .payload = VWR_PAYLOAD_OUT, .sector = VWR_SECTOR_START,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_FEATURE_NONE,
        .refused_by = VWR_BLK_F_RO,
        .unit = 512, .exact = 0,
    },
    {
        .type = VWR_BLK_T_SCSI_CMD, .payload = VWR_PAYLOAD_BOTH, .sector = VWR_SECTOR_UNUSED,
        .versions = VWR_LEGACY,
        .feature = VWR_BLK_F_SCSI,
        .refused_by = VWR_FEATURE_NONE,
        .unit = 0, .exact = 0,
    },
    {
        .type = VWR_BLK_T_SCSI_CMD_OUT, .payload = VWR_PAYLOAD_BOTH, .sector = VWR_SECTOR_UNUSED,
        .versions = VWR_LEGACY,
        .feature = VWR_BLK_F_SCSI,
        .refused_by = VWR_FEATURE_NONE,
        .unit = 0, .exact = 0,
    },
    {
        .type = VWR_BLK_T_FLUSH, .payload = VWR_PAYLOAD_NONE, .sector = VWR_SECTOR_ZERO,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_BLK_F_FLUSH,
        .refused_by = VWR_FEATURE_NONE,
        .unit = 0, .exact = 0,
    },
    {
        .type = VWR_BLK_T_FLUSH_OUT, .payload = VWR_PAYLOAD_NONE, .sector = VWR_SECTOR_ZERO,
        .versions = VWR_LEGACY,
        .feature = VWR_BLK_F_FLUSH,
        .refused_by = VWR_FEATURE_NONE,
        .unit = 0, .exact = 0,
    },
    {
        .type = VWR_BLK_T_GET_ID, .payload = VWR_PAYLOAD_IN, .sector = VWR_SECTOR_ZERO,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_FEATURE_NONE,
        .refused_by = VWR_FEATURE_NONE,
        .unit = 0, .exact = 20,
    },
    {
        .type = VWR_BLK_T_GET_LIFETIME, .payload = VWR_PAYLOAD_IN, .sector = VWR_SECTOR_ZERO,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_BLK_F_LIFETIME,
        .refused_by = VWR_FEATURE_NONE,
        .unit = 0, .exact = 6,
    },
    {
        .type = VWR_BLK_T_DISCARD, .payload = VWR_PAYLOAD_OUT, .sector = VWR_SECTOR_ZERO,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_BLK_F_DISCARD,
        .refused_by = VWR_BLK_F_RO,
        .unit = 16, .exact = 0,
    },
    {
        .type = VWR_BLK_T_WRITE_ZEROES, .payload = VWR_PAYLOAD_OUT, .sector = VWR_SECTOR_ZERO,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_BLK_F_WRITE_ZEROES,
        .refused_by = VWR_BLK_F_RO,
        .unit = 16, .exact = 0,
    },
    {
        .type = VWR_BLK_T_SECURE_ERASE, .payload = VWR_PAYLOAD_OUT, .sector = VWR_SECTOR_ZERO,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_BLK_F_SECURE_ERASE,
        .refused_by = VWR_BLK_F_RO,
        .unit = 16, .exact = 0,
    },
    {
        .type = VWR_BLK_T_ZONE_APPEND, .payload = VWR_PAYLOAD_OUT, .sector = VWR_SECTOR_ZONE,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_BLK_F_ZONED,
        .refused_by = VWR_BLK_F_RO,
        .unit = 512, .exact = 0,
    },
    {
        .type = VWR_BLK_T_ZONE_REPORT, .payload = VWR_PAYLOAD_IN, .sector = VWR_SECTOR_START,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_BLK_F_ZONED,
        .refused_by = VWR_FEATURE_NONE,
        .unit = 0, .exact = 0,
    },
    {
        .type = VWR_BLK_T_ZONE_OPEN, .payload = VWR_PAYLOAD_NONE, .sector = VWR_SECTOR_ZONE,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_BLK_F_ZONED,
        .refused_by = VWR_BLK_F_RO,
        .unit = 0, .exact = 0,
    },
    {
        .type = VWR_BLK_T_ZONE_CLOSE, .payload = VWR_PAYLOAD_NONE, .sector = VWR_SECTOR_ZONE,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_BLK_F_ZONED,
        .refused_by = VWR_BLK_F_RO,
        .unit = 0, .exact = 0,
    },
    {
        .type = VWR_BLK_T_ZONE_FINISH, .payload = VWR_PAYLOAD_NONE, .sector = VWR_SECTOR_ZONE,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_BLK_F_ZONED,
        .refused_by = VWR_BLK_F_RO,
        .unit = 0, .exact = 0,
    },
    {
        .type = VWR_BLK_T_ZONE_RESET, .payload = VWR_PAYLOAD_NONE, .sector = VWR_SECTOR_ZONE,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_BLK_F_ZONED,
        .refused_by = VWR_BLK_F_RO,
        .unit = 0, .exact = 0,
    },
    {
        .type = VWR_BLK_T_ZONE_RESET_ALL, .payload = VWR_PAYLOAD_NONE, .sector = VWR_SECTOR_ZERO,
        .versions = VWR_LEGACY | VWR_MODERN,
        .feature = VWR_BLK_F_ZONED,
        .refused_by = VWR_BLK_F_RO,
        .unit = 0, .exact = 0,
    },
};

const struct vwr_request_limit vwr_blk_request_limits[VWR_BLK_REQUEST_LIMIT_COUNT] = {
    {
        .type = VWR_BLK_T_DISCARD,
        .segments = VWR_BLK_CONFIG_MAX_DISCARD_SEG,
        .sectors = VWR_BLK_CONFIG_MAX_DISCARD_SECTORS,
        .alignment = VWR_BLK_CONFIG_DISCARD_SECTOR_ALIGNMENT,
    },
    {
        .type = VWR_BLK_T_WRITE_ZEROES,
        .segments = VWR_BLK_CONFIG_MAX_WRITE_ZEROES_SEG,
        .sectors = VWR_BLK_CONFIG_MAX_WRITE_ZEROES_SECTORS,
        .alignment = VWR_LIMIT_NONE,
    },
    {
        .type = VWR_BLK_T_SECURE_ERASE,
        .segments = VWR_BLK_CONFIG_MAX_SECURE_ERASE_SEG,
        .sectors = VWR_BLK_CONFIG_MAX_SECURE_ERASE_SECTORS,
        .alignment = VWR_BLK_CONFIG_SECURE_ERASE_SECTOR_ALIGNMENT,
    },
    {
        .type = VWR_BLK_T_ZONE_APPEND,
        .segments = VWR_LIMIT_NONE,
        .sectors = VWR_BLK_CONFIG_ZONED_MAX_APPEND_SECTORS,
        .alignment = VWR_LIMIT_NONE,
    },
};

/* The first of two values is for the legacy interface. */
const struct vwr_config_field vwr_blk_config_fields[VWR_BLK_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 8, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_SIZE_MAX, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 12, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_SEG_MAX, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 16, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_GEOMETRY, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 18, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_GEOMETRY, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 19, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_GEOMETRY, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 20, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_BLK_SIZE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 24, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_TOPOLOGY, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 25, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_TOPOLOGY, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 26, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_TOPOLOGY, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 28, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_TOPOLOGY, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 32, .bytes = 1,
        .access = {VWR_READ | VWR_WRITE, VWR_READ | VWR_WRITE},
        .any = {VWR_BLK_F_CONFIG_WCE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 34, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_MQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 36, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_DISCARD, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 40, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_DISCARD, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 44, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_DISCARD, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 48, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_WRITE_ZEROES, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 52, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_WRITE_ZEROES, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 56, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_WRITE_ZEROES, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 60, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_SECURE_ERASE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 64, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_SECURE_ERASE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 68, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_SECURE_ERASE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 72, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_ZONED, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 76, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_ZONED, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 80, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_ZONED, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 84, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_ZONED, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 88, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_ZONED, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 92, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BLK_F_ZONED, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_config_need vwr_blk_config_needs[] = {
    {.bytes = 93, .feature = VWR_BLK_F_ZONED},
    {.bytes = 72, .feature = VWR_BLK_F_SECURE_ERASE},
    {.bytes = 57, .feature = VWR_BLK_F_WRITE_ZEROES},
    {.bytes = 48, .feature = VWR_BLK_F_DISCARD},
    {.bytes = 36, .feature = VWR_BLK_F_MQ},
    {.bytes = 33, .feature = VWR_BLK_F_CONFIG_WCE},
    {.bytes = 32, .feature = VWR_BLK_F_TOPOLOGY},
    {.bytes = 24, .feature = VWR_BLK_F_BLK_SIZE},
    {.bytes = 20, .feature = VWR_BLK_F_GEOMETRY},
    {.bytes = 16, .feature = VWR_BLK_F_SEG_MAX},
    {.bytes = 12, .feature = VWR_BLK_F_SIZE_MAX},
    {.bytes = 8, .feature = VWR_FEATURE_NONE},
};
