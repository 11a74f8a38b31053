/* SPDX-License-Identifier: MIT */
/* Made from vms.yaml by ./vwr plan: do not edit. */
#include "vwr_plan_two_guests.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"

/* What devices share. */
static const struct vwr_vplan_switch switch_0 = {
    .options = {.route_count = 256, .learn_max = 64},
    .route = VWR_VPLAN_AT(struct vwr_plan_two_guests, switches.lan.route),
};
static const struct vwr_vplan_tree tree_0 = {
    .options = {.file_count = 64, .entry_count = 128, .pool_bytes = VWR_VFILES_MEMORY_POOL(1048576u)},
    .file = VWR_VPLAN_AT(struct vwr_plan_two_guests, folders.home.file),
    .entry = VWR_VPLAN_AT(struct vwr_plan_two_guests, folders.home.entry),
    .pool = VWR_VPLAN_AT(struct vwr_plan_two_guests, folders.home.pool),
};
static const struct vwr_vplan_shared shared[] = {
    {
        .name = "lan",
        .build = vwr_vplan_build_switch,
        .options = &switch_0,
        .at = VWR_VPLAN_AT(struct vwr_plan_two_guests, switches.lan.device),
    },
    {
        .name = "home",
        .build = vwr_vplan_build_tree,
        .options = &tree_0,
        .at = VWR_VPLAN_AT(struct vwr_plan_two_guests, folders.home.tree),
    },
};

/* alpha */
static const struct vwr_vplan_memory memory_0[] = {
    {.addr = 0x40000000ull, .bytes = 0x10000000ull},
};
static const uint16_t lines_0[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const struct vwr_vplan_blk options_0 = {
    .options =
        {
            .first = 0u,
            .sectors = 65536u,
            .read_only = false,
            .write_through = false,
            .id = "alpha",
            .req_count = 32,
            .seg_count = 1088,
        },
    .disk = VWR_PLAN_TWO_GUESTS_DISK_REAL,
    .req = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.block0.req),
    .seg = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.block0.seg),
};
VWR_STATIC_ASSERT(VWR_VCONSOLE_QUEUES(1u) == 2, "made by another Virtwright: run ./vwr plan again");
static const struct vwr_vconsole_port ports_1[] = {
    {.name = NULL, .console = true},
};
static const struct vwr_vplan_console options_1 = {
    .options =
        {
            .port_count = 1,
            .cols = 80,
            .rows = 24,
            .emergency = false,
        },
    .port = ports_1,
    .ports = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.console0.port),
};
VWR_STATIC_ASSERT(VWR_VENTROPY_QUEUES == 1, "made by another Virtwright: run ./vwr plan again");
VWR_STATIC_ASSERT(VWR_VNET_QUEUES(1u, true) == 3, "made by another Virtwright: run ./vwr plan again");
static const struct vwr_vplan_net options_3 = {
    .options =
        {
            .mac = {0x52, 0x54, 0x00, 0x00, 0x00, 0x01},
            .mtu = 0,
            .control = true,
            .offloads = {{[VWR_NET_F_CSUM / 32] = 1u << VWR_NET_F_CSUM % 32 | 1u << VWR_NET_F_GUEST_CSUM % 32 | 1u << VWR_NET_F_GUEST_TSO4 % 32 | 1u << VWR_NET_F_GUEST_TSO6 % 32 | 1u << VWR_NET_F_HOST_TSO4 % 32 | 1u << VWR_NET_F_HOST_TSO6 % 32}},
        },
    .sw = VWR_PLAN_TWO_GUESTS_SWITCH_LAN,
    .switch_at = VWR_VPLAN_AT(struct vwr_plan_two_guests, switches.lan.device),
    .port = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.network0.port),
};
VWR_STATIC_ASSERT(VWR_V9P_QUEUES == 1, "made by another Virtwright: run ./vwr plan again");
static const struct vwr_vplan_9p options_4 = {
    .options =
        {
            .tag = "home",
            .fid_count = 64,
            .message_count = 1,
            .call_count = 1,
            .seg_count = VWR_V9P_SEGS(1u),
            .msize = 0,
        },
    .folder = VWR_PLAN_TWO_GUESTS_FOLDER_HOME,
    .in_memory = true,
    .tree = VWR_VPLAN_AT(struct vwr_plan_two_guests, folders.home.tree),
    .fid = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.folder0.fid),
    .message = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.folder0.message),
    .call = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.folder0.call),
    .seg = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.folder0.seg),
};
static const struct vwr_vplan_balloon options_5 = {
    .options =
        {
            .map_count = (uint32_t)(VWR_VBALLOON_WORDS(0x10000000ull)),
            .must_tell = false,
            .statistics = true,
            .hinting = false,
            .reporting = false,
            .poison = false,
            .deflate_on_oom = true,
        },
    .map = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.balloon0.map),
};
VWR_STATIC_ASSERT(VWR_VGPU_QUEUES == 2, "made by another Virtwright: run ./vwr plan again");
static const struct vwr_vgpu_scanout scanouts_6[] = {
    {.width = 640, .height = 480},
};
static const uint16_t screens_6[] = {VWR_PLAN_TWO_GUESTS_SCREEN_WALL};
static const struct vwr_vplan_gpu options_6 = {
    .options =
        {
            .memory_bytes = 3751936u,
            .entry_count = 932,
            .resource_count = 16,
            .scanout_count = 1,
            .edid = true,
        },
    .scanout = scanouts_6,
    .screen = screens_6,
    .scanouts = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.gpu0.scanout),
    .resource = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.gpu0.resource),
    .entry = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.gpu0.entry),
    .memory = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.gpu0.memory),
};
VWR_STATIC_ASSERT(VWR_VINPUT_QUEUES == 2, "made by another Virtwright: run ./vwr plan again");
static const struct vwr_vplan_input options_7 = {
    .options =
        {
            .model = &vwr_vinput_keyboard,
            .serial = NULL,
            .event_count = 64,
        },
    .event = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.input0.event),
};
VWR_STATIC_ASSERT(VWR_VINPUT_QUEUES == 2, "made by another Virtwright: run ./vwr plan again");
static const struct vwr_vplan_input options_8 = {
    .options =
        {
            .model = &vwr_vinput_tablet,
            .serial = NULL,
            .event_count = 64,
        },
    .event = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.input1.event),
};

/* beta */
static const struct vwr_vplan_memory memory_1[] = {
    {.addr = 0x40000000ull, .bytes = 0x10000000ull},
};
static const uint16_t lines_1[] = {9, 10, 11, 12};
static const struct vwr_vplan_blk options_9 = {
    .options =
        {
            .first = 65536u,
            .sectors = 65536u,
            .read_only = false,
            .write_through = false,
            .id = "beta",
            .req_count = 32,
            .seg_count = 1088,
        },
    .disk = VWR_PLAN_TWO_GUESTS_DISK_REAL,
    .req = VWR_VPLAN_AT(struct vwr_plan_two_guests, beta.block0.req),
    .seg = VWR_VPLAN_AT(struct vwr_plan_two_guests, beta.block0.seg),
};
VWR_STATIC_ASSERT(VWR_VCONSOLE_QUEUES(1u) == 2, "made by another Virtwright: run ./vwr plan again");
static const struct vwr_vconsole_port ports_10[] = {
    {.name = NULL, .console = true},
};
static const struct vwr_vplan_console options_10 = {
    .options =
        {
            .port_count = 1,
            .cols = 80,
            .rows = 24,
            .emergency = false,
        },
    .port = ports_10,
    .ports = VWR_VPLAN_AT(struct vwr_plan_two_guests, beta.console0.port),
};
VWR_STATIC_ASSERT(VWR_VENTROPY_QUEUES == 1, "made by another Virtwright: run ./vwr plan again");
VWR_STATIC_ASSERT(VWR_VNET_QUEUES(1u, true) == 3, "made by another Virtwright: run ./vwr plan again");
static const struct vwr_vplan_net options_12 = {
    .options =
        {
            .mac = {0x52, 0x54, 0x00, 0x00, 0x00, 0x02},
            .mtu = 0,
            .control = true,
            .offloads = {{[VWR_NET_F_CSUM / 32] = 1u << VWR_NET_F_CSUM % 32 | 1u << VWR_NET_F_GUEST_CSUM % 32 | 1u << VWR_NET_F_GUEST_TSO4 % 32 | 1u << VWR_NET_F_GUEST_TSO6 % 32 | 1u << VWR_NET_F_HOST_TSO4 % 32 | 1u << VWR_NET_F_HOST_TSO6 % 32}},
        },
    .sw = VWR_PLAN_TWO_GUESTS_SWITCH_LAN,
    .switch_at = VWR_VPLAN_AT(struct vwr_plan_two_guests, switches.lan.device),
    .port = VWR_VPLAN_AT(struct vwr_plan_two_guests, beta.network0.port),
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
        .devices = 9,
        .line = 48,
        .lines = 9,
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
        .first = 9,
        .devices = 4,
        .line = 64,
        .lines = 4,
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
        .queue_size = 256,
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
        .queue_size = 256,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_entropy,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.entropy0.device),
        .queue = 3,
        .own = 768,
    },
    {
        .name = "network0",
        .kind = "network",
        .id = VWR_ID_NET,
        .vm = 0,
        .slot = 3,
        .addr = 0xa003000ull,
        .line = 51,
        .legacy = false,
        .queues = 3,
        .queue_size = 256,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_net,
        .options = &options_3,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.network0.device),
        .queue = 4,
        .own = 1024,
    },
    {
        .name = "folder0",
        .kind = "folder",
        .id = VWR_ID_9P,
        .vm = 0,
        .slot = 4,
        .addr = 0xa004000ull,
        .line = 52,
        .legacy = false,
        .queues = 1,
        .queue_size = 128,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_9p,
        .options = &options_4,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.folder0.device),
        .queue = 7,
        .own = 1792,
    },
    {
        .name = "balloon0",
        .kind = "balloon",
        .id = VWR_ID_BALLOON,
        .vm = 0,
        .slot = 5,
        .addr = 0xa005000ull,
        .line = 53,
        .legacy = false,
        .queues = 3,
        .queue_size = 64,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_balloon,
        .options = &options_5,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.balloon0.device),
        .queue = 8,
        .own = 1920,
    },
    {
        .name = "gpu0",
        .kind = "gpu",
        .id = VWR_ID_GPU,
        .vm = 0,
        .slot = 6,
        .addr = 0xa006000ull,
        .line = 54,
        .legacy = false,
        .queues = 2,
        .queue_size = 64,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_gpu,
        .options = &options_6,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.gpu0.device),
        .queue = 11,
        .own = 2112,
    },
    {
        .name = "input0",
        .kind = "input",
        .id = VWR_ID_INPUT,
        .vm = 0,
        .slot = 7,
        .addr = 0xa007000ull,
        .line = 55,
        .legacy = false,
        .queues = 2,
        .queue_size = 64,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_input,
        .options = &options_7,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.input0.device),
        .queue = 13,
        .own = 2240,
    },
    {
        .name = "input1",
        .kind = "input",
        .id = VWR_ID_INPUT,
        .vm = 0,
        .slot = 8,
        .addr = 0xa008000ull,
        .line = 56,
        .legacy = false,
        .queues = 2,
        .queue_size = 64,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_input,
        .options = &options_8,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, alpha.input1.device),
        .queue = 15,
        .own = 2368,
    },
    {
        .name = "block0",
        .kind = "block",
        .id = VWR_ID_BLOCK,
        .vm = 1,
        .slot = 0,
        .addr = 0xa010000ull,
        .line = 64,
        .legacy = false,
        .queues = 1,
        .queue_size = 256,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_blk,
        .options = &options_9,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, beta.block0.device),
        .queue = 17,
        .own = 2496,
    },
    {
        .name = "console0",
        .kind = "console",
        .id = VWR_ID_CONSOLE,
        .vm = 1,
        .slot = 1,
        .addr = 0xa011000ull,
        .line = 65,
        .legacy = false,
        .queues = 2,
        .queue_size = 256,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_console,
        .options = &options_10,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, beta.console0.device),
        .queue = 18,
        .own = 2752,
    },
    {
        .name = "entropy0",
        .kind = "entropy",
        .id = VWR_ID_RNG,
        .vm = 1,
        .slot = 2,
        .addr = 0xa012000ull,
        .line = 66,
        .legacy = false,
        .queues = 1,
        .queue_size = 256,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_entropy,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, beta.entropy0.device),
        .queue = 20,
        .own = 3264,
    },
    {
        .name = "network0",
        .kind = "network",
        .id = VWR_ID_NET,
        .vm = 1,
        .slot = 3,
        .addr = 0xa013000ull,
        .line = 67,
        .legacy = false,
        .queues = 3,
        .queue_size = 256,
        .features = {{[VWR_F_INDIRECT_DESC / 32] = 1u << VWR_F_INDIRECT_DESC % 32 | 1u << VWR_F_EVENT_IDX % 32}},
        .build = vwr_vplan_build_net,
        .options = &options_12,
        .device = VWR_VPLAN_AT(struct vwr_plan_two_guests, beta.network0.device),
        .queue = 21,
        .own = 3520,
    },
};

static const char *const disks[] = {"real"};
static const uint16_t units[] = {0, 1};

const struct vwr_vplan vwr_plan_two_guests = {
    .name = "two-guests",
    .vm = vms,
    .device = devices,
    .disk = disks,
    .shared = shared,
    .vms = 2,
    .devices = 13,
    .disks = 1,
    .shareds = 2,
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
