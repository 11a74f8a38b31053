/* SPDX-License-Identifier: MIT */
#include "shapes.h"

/* The IOMMU of iommu.h. */

#define FILE "Linux 6.16, drivers/iommu/virtio-iommu.c, "
#define ZEROES_2 "\0\0"
#define ZEROES_3 ZEROES_2 "\0"
#define ZEROES_4 ZEROES_3 "\0"
#define ZEROES_8 ZEROES_4 ZEROES_4
#define ZEROES_16 ZEROES_8 ZEROES_8
#define ZEROES_64 ZEROES_16 ZEROES_16 ZEROES_16 ZEROES_16

/* Requests, with what is reserved. Endpoints and domains have one byte. */
#define ATTACH(domain, endpoint) "\1" ZEROES_3 domain ZEROES_3 endpoint ZEROES_3 ZEROES_4 ZEROES_4
#define DETACH(domain, endpoint) "\2" ZEROES_3 domain ZEROES_3 endpoint ZEROES_3 ZEROES_8
#define MAP(domain, first, last, to, flags) \
    "\3" ZEROES_3 domain ZEROES_3 first ZEROES_4 last ZEROES_4 to ZEROES_4 flags ZEROES_3
#define UNMAP(domain, first, last) "\4" ZEROES_3 domain ZEROES_3 first ZEROES_4 last ZEROES_4 ZEROES_4
#define PROBE(endpoint) "\5" ZEROES_3 endpoint ZEROES_3 ZEROES_64

#define STATUS(byte) byte ZEROES_3
#define OK STATUS("\0")
#define NO_PROPERTIES ZEROES_64
/* The doorbell of an x86 machine. */
#define DOORBELL \
    "\1\0\x14\0\1" ZEROES_3 "\0\0\xe0\xfe" ZEROES_4 "\xff\xff\xef\xfe" ZEROES_4 ZEROES_16 ZEROES_16 ZEROES_8

#define FIRST "\0\0\1\0" /* the lowest address */
#define PAGE "\xff\x0f\1\0"
#define FOUR_PAGES "\xff\x3f\1\0"

static const struct bench_shape shapes[] = {
    {"no_endpoint", "iommu.dev.probe.2", FILE "viommu_probe_endpoint()", BENCH_BYTES(PROBE("\x55")),
     BENCH_BYTES(NO_PROPERTIES STATUS("\6")), 0, 0},
    {"doorbell", "iommu.dev.probe.6", FILE "viommu_probe_endpoint()", BENCH_BYTES(PROBE("\x08")),
     BENCH_BYTES(DOORBELL OK), 0, 0},
    {"attach", "iommu.dev.attach.8", FILE "viommu_attach_dev()", BENCH_BYTES(ATTACH("\1", "\x08")),
     BENCH_BYTES(OK), 0, 0},
    {"map", "iommu.dev.1", FILE "viommu_map_pages()",
     BENCH_BYTES(MAP("\1", FIRST, FOUR_PAGES, "\0\0\0\x40", "\3")), BENCH_BYTES(OK), 0, 0},
    {"unmap", "iommu.dev.unmap.7", FILE "viommu_unmap_pages()", BENCH_BYTES(UNMAP("\1", FIRST, FOUR_PAGES)),
     BENCH_BYTES(OK), 0, 0},
    {"detach", "iommu.dev.detach.4", FILE "viommu_detach_dev()", BENCH_BYTES(DETACH("\1", "\x08")),
     BENCH_BYTES(OK), 0, 0},
    {"no_properties", "iommu.dev.probe.9", FILE "viommu_probe_endpoint()", BENCH_BYTES(PROBE("\x09")),
     BENCH_BYTES(NO_PROPERTIES OK), 0, 0},
    {"attach_again", "iommu.dev.attach.8", FILE "viommu_attach_dev()", BENCH_BYTES(ATTACH("\1", "\x09")),
     BENCH_BYTES(OK), 0, 0},
    {"map_again", "iommu.dev.1", FILE "viommu_map_pages()",
     BENCH_BYTES(MAP("\1", FIRST, PAGE, "\0\0\x08\x08", "\2")), BENCH_BYTES(OK), 0, 0},
    {"detach_again", "iommu.dev.detach.4", FILE "viommu_detach_dev()", BENCH_BYTES(DETACH("\1", "\x09")),
     BENCH_BYTES(OK), 0, 0},
    {"alone", "iommu.dev.probe.9", FILE "viommu_probe_endpoint()", BENCH_BYTES(PROBE("\x0a")),
     BENCH_BYTES(NO_PROPERTIES OK), 0, 0},
    {"attach_not", "iommu.dev.attach.4", FILE "viommu_attach_dev()", BENCH_BYTES(ATTACH("\1", "\x0a")),
     BENCH_BYTES(STATUS("\2")), 0, 0},
    {"doorbell_of_map_not", "iommu.dev.probe.6", FILE "viommu_probe_endpoint()", BENCH_BYTES(PROBE("\x08")),
     BENCH_BYTES(DOORBELL OK), 0, 0},
    {"attach_of_map_not", "iommu.dev.attach.8", FILE "viommu_attach_dev()", BENCH_BYTES(ATTACH("\1", "\x08")),
     BENCH_BYTES(OK), 0, 0},
    {"map_not", "iommu.dev.1", FILE "viommu_map_pages()",
     BENCH_BYTES(MAP("\1", FIRST, PAGE, "\0\0\0\xf0", "\1")), BENCH_BYTES(STATUS("\7")), 0, 0},
    {"detach_of_map_not", "iommu.dev.detach.4", FILE "viommu_detach_dev()", BENCH_BYTES(DETACH("\1", "\x08")),
     BENCH_BYTES(OK), 0, 0},
    {"fault", "iommu.dev.fault.3", FILE "viommu_fault_handler()", BENCH_BYTES(""),
     BENCH_BYTES("\1" ZEROES_3 "\2\1" ZEROES_2 "\x09" ZEROES_3 ZEROES_4 "\x11\x12\x13\x14\x15\x16\x17\x18"),
     1, 1},
};

/* Lengths of the numbers of a message, and of its answer. */
static const uint8_t *numbers(const struct bench_bytes *out, bool answer)
{
    static const uint8_t attach[] = {1, 1, 1, 1, 4, 4, 4, 0}, map[] = {1, 1, 1, 1, 4, 8, 8, 8, 4, 0},
                         unmap[] = {1, 1, 1, 1, 4, 8, 8, 0}, property[] = {2, 2, 1, 1, 1, 1, 8, 8, 0},
                         fault[] = {1, 1, 1, 1, 4, 4, 4, 8, 0}, bytes[] = {0};
    const uint8_t type = out->n != 0 ? out->at[0] : 0;

    if (type == 0)
        return fault;
    if (answer)
        return type == 5 ? property : bytes;
    return type == 3 ? map : type == 4 ? unmap : attach;
}

/* ---- lies of a guest ---- */

/* A request, and the status of its answer; `number`: requests that the device has executed. */
#define SAY(request, status, number)                                                               \
    {                                                                                              \
        .out = BENCH_BYTES(request), .in = 4, .want = BENCH_BYTES(STATUS(status)), .calls = number \
    }
/* One that is returned empty. */
#define NOTHING(request, room)                  \
    {                                           \
        .out = BENCH_BYTES(request), .in = room \
    }
#define ATTACHED(number) SAY(ATTACH("\1", "\x08"), "\0", number)
#define ATTACH_WITH(flags, reserved) \
    "\1" ZEROES_3 "\1" ZEROES_3 "\x08" ZEROES_3 flags ZEROES_3 reserved ZEROES_3
#define TYPE(byte) \
    LIE("G26_type", "iommu.dev.2 iommu.dev.3", byte, false, NOTHING(BYTE_##byte ZEROES_16 ZEROES_3, 4))
#define BYTE_0 "\0"
#define BYTE_6 "\6"
#define BYTE_255 "\xff"
#define LENGTH(at, request) LIE("G27_length", "header vwr/viommu.h", at, false, NOTHING(request, 4))
#define NO_ROOM(room) \
    LIE("G27_no_room", "header vwr/viommu.h", room, false, NOTHING(ATTACH("\1", "\x08"), room))
#define DOMAIN(at, byte) \
    LIE("G26_domain", "header vwr/viommu.h", at, false, SAY(ATTACH(byte, "\x08"), "\5", 1))
#define UNALIGNED(at, first, last, to)                              \
    LIE("G26_alignment", "iommu.dev.map.1", at, false, ATTACHED(1), \
        SAY(MAP("\1", first, last, to, "\3"), "\5", 2))
#define BELOW "\0\xf0\0\0"

static const struct bench_lie lies[] = {
    TYPE(0),
    TYPE(6),
    TYPE(255),
    LENGTH(1, "\1"),
    LENGTH(19, "\1" ZEROES_16 ZEROES_2),
    LENGTH(21, ATTACH("\1", "\x08") "\0"),
    NO_ROOM(1),
    NO_ROOM(3),
    LIE("G26_head", "iommu.dev.4", 0, false,
        SAY("\1\xff\xff\xff\1" ZEROES_3 "\x08" ZEROES_3 ZEROES_8, "\0", 1)),
    LIE("G26_reserved", "iommu.dev.attach.1", 1, false, SAY(ATTACH_WITH("\0", "\1"), "\4", 1)),
    LIE("G26_flags", "iommu.dev.attach.2", 2, false, SAY(ATTACH_WITH("\2", "\0"), "\4", 1)),
    LIE("G26_endpoint", "iommu.dev.attach.3 iommu.dev.detach.2", 11, false,
        SAY(ATTACH("\1", "\x0b"), "\6", 1), SAY(DETACH("\1", "\x0b"), "\6", 2)),
    DOMAIN(0, "\0"),
    DOMAIN(5, "\5"),
    LIE("G26_other_domain", "iommu.dev.detach.3", 2, false, SAY(DETACH("\1", "\x08"), "\4", 1), ATTACHED(2),
        SAY(DETACH("\2", "\x08"), "\4", 3)),
    LIE("G26_no_domain", "iommu.dev.map.4 iommu.dev.unmap.3", 2, false, ATTACHED(1),
        SAY(MAP("\2", FIRST, PAGE, FIRST, "\3"), "\6", 2), SAY(UNMAP("\2", FIRST, PAGE), "\6", 3)),
    UNALIGNED(1, "\1\0\1\0", PAGE, FIRST),
    UNALIGNED(2, FIRST, "\xfe\x0f\1\0", FIRST),
    UNALIGNED(3, FIRST, PAGE, "\1\0\1\0"),
    LIE("G26_input_range", "header vwr/viommu.h", 0xf000, false, ATTACHED(1),
        SAY(MAP("\1", BELOW, PAGE, FIRST, "\3"), "\5", 2)),
    LIE("G26_map_flags", "iommu.dev.map.3", 8, false, ATTACHED(1),
        SAY(MAP("\1", FIRST, PAGE, FIRST, "\x0b"), "\4", 2)),
    LIE("G26_overlap", "iommu.dev.map.2", 0, false, ATTACHED(1),
        SAY(MAP("\1", FIRST, FOUR_PAGES, FIRST, "\3"), "\0", 2),
        SAY(MAP("\1", FIRST, PAGE, FIRST, "\3"), "\4", 3)),
    LIE("G26_doorbell", "iommu.dev.resvmem.4", 0, false, ATTACHED(1),
        SAY(MAP("\1", "\0\0\xe0\xfe", "\xff\x0f\xe0\xfe", FIRST, "\3"), "\4", 2)),
    /* Another endpoint's domain has a mapping where this one has its doorbell. */
    LIE("G26_conflict", "iommu.dev.attach.11", 0, false, SAY(ATTACH("\1", "\x09"), "\0", 1),
        SAY(MAP("\1", "\0\0\xe0\xfe", "\xff\x0f\xe0\xfe", FIRST, "\3"), "\0", 2),
        SAY(ATTACH("\1", "\x08"), "\2", 3)),
    /* A part of a mapping is not removed, and nothing of it. */
    LIE("G26_split", "iommu.dev.unmap.5 iommu.dev.unmap.6", 0, false, ATTACHED(1),
        SAY(MAP("\1", FIRST, FOUR_PAGES, FIRST, "\3"), "\0", 2), SAY(UNMAP("\1", FIRST, PAGE), "\5", 3),
        SAY(MAP("\1", FIRST, PAGE, FIRST, "\3"), "\4", 4)),
};

/* ---- acts, and lies of a device ---- */

static const struct bench_act acts[] = {
    {"no_endpoint", 0, 1, VWR_ENODEV, 0},  {"life", 1, 5, VWR_OK, 1},      {"another", 6, 4, VWR_OK, 1},
    {"attach_not", 10, 2, VWR_EUNSUPP, 0}, {"map_not", 12, 4, VWR_EIO, 0}, {"fault", 16, 1, VWR_OK, 1}};

/* The second request is refused: the endpoint is not attached. */
#define REFUSED(status, result)                                  \
    {                                                            \
        "D42_statuses", &acts[3], 1, status, 0, false, result, 0 \
    }
/* The answer to the second request, without status: that is none. */
#define LESS(bytes)                                                       \
    {                                                                     \
        "D05_D41_short_answers", &acts[3], 1, 0, bytes, false, VWR_EIO, 0 \
    }

static const struct bench_wrong wrongs[] = {REFUSED(1, VWR_EIO),
                                            REFUSED(2, VWR_EUNSUPP),
                                            REFUSED(3, VWR_EIO),
                                            REFUSED(4, VWR_EIO),
                                            REFUSED(5, VWR_EIO),
                                            REFUSED(6, VWR_ENODEV),
                                            REFUSED(7, VWR_EIO),
                                            REFUSED(8, VWR_EIO),
                                            REFUSED(9, VWR_EIO),
                                            REFUSED(0xff, VWR_EIO),
                                            LESS(4)};

static const uint8_t config_numbers[] = {8, 8, 8, 4, 4, 4, 1, 0};

const struct bench_shapes bench_iommu_shapes = {
    .name = "iommu",
    .id = 23,
    .mandatory = {{1u << 2}},
    .mandatory_name = "MAP_UNMAP",
    .mandatory_clause = "iommu.dev.feat.1",
    .is_drivers = true,
    .plain = 16,
    .optional = {{1u << 0 | 1u << 1 | 1u << 4 | 1u << 6}},
    .queues = 2,
    .all_queues = true,
    .status_first = true,
    .most = 1,
    /* pages of 4 KiB and more, addresses from 64 KiB to 4 GiB, domains 1 to 4, 64 bytes of properties, and a
     * bypass */
    .config = BENCH_BYTES("\x00\xf0\xff\xff\xff\xff\xff\xff" FIRST ZEROES_4 "\xff\xff\xff\xff" ZEROES_4
                          "\1" ZEROES_3 "\4" ZEROES_3 "\x40" ZEROES_3 "\1" ZEROES_3),
    .config_numbers = config_numbers,
    .numbers = numbers,
    .shape = shapes,
    .shapes = VWR_COUNT(shapes),
    .act = acts,
    .acts = VWR_COUNT(acts),
    .usual = 1,
    .lie = lies,
    .lies = VWR_COUNT(lies),
    .wrong = wrongs,
    .wrongs = VWR_COUNT(wrongs),
    .settings = VWR_COUNT(acts),
};
