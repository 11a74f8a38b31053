/* SPDX-License-Identifier: MIT */
/* Made from vms.yaml by ./vwr plan: do not edit. */
#include "vwr_plan_two_guests.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"

VWR_STATIC_ASSERT(VWR_VCONSOLE_QUEUES(1u) == 2, "made by another Virtwright: run ./vwr plan again");
VWR_STATIC_ASSERT(VWR_VCONSOLE_QUEUES(1u) == 2, "made by another Virtwright: run ./vwr plan again");
VWR_STATIC_ASSERT(VWR_VENTROPY_QUEUES == 1, "made by another Virtwright: run ./vwr plan again");

/* alpha */
static const struct vwr_vplan_memory memory_0[] = {
    {.addr = 0x40000000ull, .bytes = 0x10000000ull},
};
static const uint16_t lines_0[] = {0, 1, 2};
static const struct vwr_vplan_blk options_0 = {
    .disk = VWR_PLAN_TWO_GUESTS_DISK_REAL,
    .first = 0u,
    .sectors = 65536u,
    .read_only = false,
    .write_through = false,
    .id = "alpha",
    .reqs = 32,
    .segs = 34,
    .req = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.block0.req),
    .seg = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.block0.seg),
};
static const struct vwr_vplan_port ports_1[] = {
    {.name = NULL, .console = true},
};
static const struct vwr_vplan_console options_1 = {
    .port = ports_1,
    .ports = 1,
    .cols = 80,
    .rows = 24,
    .emergency = false,
    .at = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.console0.port),
};

/* beta */
static const struct vwr_vplan_memory memory_1[] = {
    {.addr = 0x40000000ull, .bytes = 0x10000000ull},
};
static const uint16_t lines_1[] = {3, 4, 5};
static const struct vwr_vplan_blk options_3 = {
    .disk = VWR_PLAN_TWO_GUESTS_DISK_REAL,
    .first = 65536u,
    .sectors = 65536u,
    .read_only = false,
    .write_through = false,
    .id = "beta",
    .reqs = 32,
    .segs = 34,
    .req = VWR_VPLAN_AT(struct vwr_plan_two_guests, beta.block0.req),
    .seg = VWR_VPLAN_AT(struct vwr_plan_two_guests, beta.block0.seg),
};
static const struct vwr_vplan_port ports_4[] = {
    {.name = NULL, .console = true},
};
static const struct vwr_vplan_console options_4 = {
    .port = ports_4,
    .ports = 1,
    .cols = 80,
    .rows = 24,
    .emergency = false,
    .at = VWR_VPLAN_AT(struct vwr_plan_two_guests, beta.console0.port),
};

static const struct vwr_vplan_vm vms[] = {
    {
        .name = "alpha",
        .id = 0,
        .memory = memory_0,
        .memories = 1,
        .base = 0xa000000ull,
        .stride = 0x00001000u,
        .slots = 16,
        .first = 0,
        .devices = 3,
        .line = 48,
        .lines = 3,
        .device_of_line = lines_0,
        .region = 0,
        .slot = 0,
    },
    {
        .name = "beta",
        .id = 1,
        .memory = memory_1,
        .memories = 1,
        .base = 0xa010000ull,
        .stride = 0x00001000u,
        .slots = 16,
        .first = 3,
        .devices = 3,
        .line = 56,
        .lines = 3,
        .device_of_line = lines_1,
        .region = 1,
        .slot = 16,
    },
};

static const struct vwr_vplan_device devices[] = {
    {
        .name = "block0",
        .kind = "block",
        .id = VWR_ID_BLOCK,
        .vm = 0,
        .slot = 0,
        .addr = 0xa000000ull,
        .line = 48,
        .legacy = false,
        .queues = 1,
        .queue_size = 256,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_blk,
        .options = &options_0,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.block0.device),
        .queue = 0,
        .own = 0,
    },
    {
        .name = "console0",
        .kind = "console",
        .id = VWR_ID_CONSOLE,
        .vm = 0,
        .slot = 1,
        .addr = 0xa001000ull,
        .line = 49,
        .legacy = false,
        .queues = 2,
        .queue_size = 64,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_console,
        .options = &options_1,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.console0.device),
        .queue = 1,
        .own = 256,
    },
    {
        .name = "entropy0",
        .kind = "entropy",
        .id = VWR_ID_RNG,
        .vm = 0,
        .slot = 2,
        .addr = 0xa002000ull,
        .line = 50,
        .legacy = false,
        .queues = 1,
        .queue_size = 64,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_entropy,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.entropy0.device),
        .queue = 3,
        .own = 384,
    },
    {
        .name = "block0",
        .kind = "block",
        .id = VWR_ID_BLOCK,
        .vm = 1,
        .slot = 0,
        .addr = 0xa010000ull,
        .line = 56,
        .legacy = false,
        .queues = 1,
        .queue_size = 256,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_blk,
        .options = &options_3,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, beta.block0.device),
        .queue = 4,
        .own = 448,
    },
    {
        .name = "console0",
        .kind = "console",
        .id = VWR_ID_CONSOLE,
        .vm = 1,
        .slot = 1,
        .addr = 0xa011000ull,
        .line = 57,
        .legacy = false,
        .queues = 2,
        .queue_size = 64,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_console,
        .options = &options_4,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, beta.console0.device),
        .queue = 5,
        .own = 704,
    },
    {
        .name = "entropy0",
        .kind = "entropy",
        .id = VWR_ID_RNG,
        .vm = 1,
        .slot = 2,
        .addr = 0xa012000ull,
        .line = 58,
        .legacy = false,
        .queues = 1,
        .queue_size = 64,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_entropy,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, beta.entropy0.device),
        .queue = 7,
        .own = 832,
    },
};

static const char *const disks[] = {"real"};
static const uint16_t units[] = {0, 1};

const struct vwr_vplan vwr_plan_two_guests = {
    .name = "two-guests",
    .vm = vms,
    .device = devices,
    .disk = disks,
    .vms = 2,
    .devices = 6,
    .disks = 1,
    .edge = true,
    .coherent = true,
    .bytes = sizeof(struct vwr_plan_two_guests),
    .align = _Alignof(struct vwr_plan_two_guests),
    .vm_at = VWR_VPLAN_AT(struct vwr_plan_two_guests, vm),
    .region_at = VWR_VPLAN_AT(struct vwr_plan_two_guests, region),
    .slot_at = VWR_VPLAN_AT(struct vwr_plan_two_guests, slot),
    .queue_at = VWR_VPLAN_AT(struct vwr_plan_two_guests, queue),
    .own_at = VWR_VPLAN_AT(struct vwr_plan_two_guests, own),
    .base = 0xa000000ull,
    .shift = 16,
    .units = 2,
    .vm_of_unit = units,
};
