/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vwr/access.h"
#include "vwr/crypto_rules.h"
#include "vwr/p9.h"
#include "vwr/record.h"
#include "world.h"
#include "vwr/pci.h"

#include "vwr/message.h"
#include "vwr/text.h"
#include "vwr/gen/features.h"

#include <errno.h>
#include <string.h>

/* Code that needs no device: messages of results and faults, text, feature sets. */

/* ---- vwr_strerror ---- */

static const struct {
    enum vwr_result result;
    const char *name;
} results[] = {
    {VWR_OK, "OK"},
    {VWR_ENODEV, "ENODEV: "},
    {VWR_EMAGIC, "EMAGIC: "},
    {VWR_EVERSION, "EVERSION: "},
    {VWR_ETYPE, "ETYPE: "},
    {VWR_EGONE, "EGONE: "},
    {VWR_EFEATURE, "EFEATURE: "},
    {VWR_ENOQUEUE, "ENOQUEUE: "},
    {VWR_ENOMEM, "ENOMEM: "},
    {VWR_EBUSY, "EBUSY: "},
    {VWR_EINVAL, "EINVAL: "},
    {VWR_ERANGE, "ERANGE: "},
    {VWR_EALIGN, "EALIGN: "},
    {VWR_EROFS, "EROFS: "},
    {VWR_EUNSUPP, "EUNSUPP: "},
    {VWR_EIO, "EIO: "},
    {VWR_EPROTO, "EPROTO: "},
    {VWR_EFULL, "EFULL: "},
    {VWR_EBADRING, "EBADRING: "},
    {VWR_ENEEDSRESET, "ENEEDSRESET: "},
    {VWR_ETIMEOUT, "ETIMEOUT: "},
    {VWR_EUNSTABLE, "EUNSTABLE: "},
    {VWR_EFAILED, "EFAILED: "},
    {VWR_ERESET, "ERESET: "},
    {VWR_ESEGMENTS, "ESEGMENTS: "},
    {VWR_EZONE, "EZONE: "},
    {VWR_EINFLIGHT, "EINFLIGHT: "},
};

#define RESULTS (sizeof(results) / sizeof(results[0]))

static void strerror_of_each_result(void **state)
{
    (void)state;
    for (size_t i = 0; i < RESULTS; i++) {
        const char *text = vwr_strerror(results[i].result);

        assert_int_equal(-(int)i, results[i].result); /* the table is complete */
        assert_non_null(text);
        assert_int_equal(strncmp(text, results[i].name, strlen(results[i].name)), 0);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(text, vwr_strerror(results[k].result));
    }
}

/* The text of a result that ends by itself says so. */
static void strerror_says_when_to_call_again(void **state)
{
    (void)state;
    for (size_t i = 0; i < RESULTS; i++)
        assert_int_equal(strstr(vwr_strerror(results[i].result), "call again") != NULL,
                         results[i].result == VWR_EBUSY || results[i].result == VWR_EFULL);
}

static void strerror_of_others(void **state)
{
    static const int others[] = {VWR_EINFLIGHT - 1, -1000, INT32_MIN, INT32_MIN + 1};

    (void)state;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        assert_string_equal(vwr_strerror(others[i]), "unknown result");
    assert_string_equal(vwr_strerror(1), "OK"); /* data, not an error */
    assert_string_equal(vwr_strerror(INT32_MAX), "OK");
}

static int errno_of(int result)
{
#define ERRNO_CASE(name, number) \
    case name:                   \
        return number;

    switch (result) {
        VWR_RESULT_ERRNOS(ERRNO_CASE)
    default:
        return 0;
    }
}

static void errno_of_each_result(void **state)
{
    (void)state;
    for (size_t i = 1; i < RESULTS; i++)
        assert_true(errno_of(results[i].result) > 0);
    assert_int_equal(errno_of(VWR_OK), 0);
    assert_int_equal(errno_of(VWR_ENOMEM), ENOMEM);
    assert_int_equal(errno_of(VWR_EFULL), EAGAIN);
}

/* ---- every fault has a message ---- */

/* A fault that is added to fault.h or to the disk's list breaks the build here (-Wswitch) until a list has
 * it. */
#define EACH_FAULT(X)   \
    X(EMPTY)            \
    X(MAGIC)            \
    X(VERSION)          \
    X(GONE)             \
    X(WINDOW)           \
    X(TYPE)             \
    X(ROOM)             \
    X(ARRAY)            \
    X(RESET)            \
    X(STATUS)           \
    X(FEATURES_OK)      \
    X(SUSPEND)          \
    X(NEEDS_RESET)      \
    X(FEATURE)          \
    X(QUEUE_ABSENT)     \
    X(QUEUE_IN_USE)     \
    X(QUEUE_REFUSED)    \
    X(QUEUE_SIZE)       \
    X(QUEUE_MEMORY)     \
    X(QUEUE_OWN)        \
    X(QUEUE_BUFFERS)    \
    X(QUEUE_ALIGN)      \
    X(QUEUE_SPLIT)      \
    X(QUEUE_ADDRESS)    \
    X(RING)             \
    X(QUEUE_NO_RESET)   \
    X(QUEUE_RESET)      \
    X(CONFIG)           \
    X(CONFIG_VALUE)     \
    X(CONFIG_BYTES)     \
    X(REQUEST_TIMEOUT)  \
    X(REQUEST_SEGMENTS) \
    X(REQUEST_STATUS)   \
    X(REQUEST_IOERR)    \
    X(REQUEST_UNSUPP)   \
    X(REQUEST_SHORT)    \
    X(REQUEST_ALIGN)    \
    X(REQUEST_EMPTY)    \
    X(REQUEST_BLOCKS)   \
    X(REQUEST_END)      \
    X(REQUEST_REFUSED)  \
    X(RSC_DEVICE)       \
    X(RSC_PLACE)
/* Their messages are in test_ccw.c: the transport exists only with VWR_ACCESS_CALLS. */
#define EACH_CCW_FAULT(X) \
    X(CCW_ABSENT)         \
    X(CCW_OTHER)          \
    X(CCW_GONE)
#define EACH_PCI_FAULT(X) \
    X(PCI_STRUCTURE)      \
    X(PCI_OTHER)          \
    X(PCI_BAR)            \
    X(PCI_MODERN)         \
    X(PCI_VECTORS)        \
    X(PCI_TABLE)          \
    X(PCI_NOTIFY)         \
    X(PCI_SIZE)           \
    X(PCI_VECTOR)         \
    X(PCI_CFG)
#define EACH_PCI_HOST_FAULT(X) \
    X(PCI_PLACE)               \
    X(PCI_BUSES)               \
    X(PCI_DEPTH)
#define EACH_BLK_FAULT(X) \
    X(BLK_SIZE)           \
    X(BLK_ZONE)           \
    X(BLK_ZONE_SECTORS)   \
    X(BLK_CACHE)

#define CASE(name)         \
    case VWR_FAULT_##name: \
        return #name;
#define KIND(name) VWR_FAULT_##name,

static const char *blk_fault_name(enum vwr_blk_fault kind)
{
    switch (kind) {
        EACH_BLK_FAULT(CASE)
    }
    return "?";
}

static const char *fault_name(uint32_t kind)
{
    switch ((enum vwr_fault_kind)kind) {
        EACH_FAULT(CASE)
        EACH_CCW_FAULT(CASE)
        EACH_PCI_FAULT(CASE)
        EACH_PCI_HOST_FAULT(CASE)
    case VWR_FAULT_NONE:
        return "NONE";
    }
    return blk_fault_name((enum vwr_blk_fault)kind);
}

static const uint32_t kinds[] = {EACH_FAULT(KIND) EACH_BLK_FAULT(KIND) EACH_PCI_FAULT(KIND)
                                     EACH_PCI_HOST_FAULT(KIND)};
static const uint32_t pci_kinds[] = {EACH_PCI_FAULT(KIND)};
static const uint32_t host_kinds[] = {EACH_PCI_HOST_FAULT(KIND)};
#define AMONG(kind, list) among(kind, list, sizeof(list) / sizeof((list)[0]))

static bool among(uint32_t kind, const uint32_t *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == kind)
            return true;
    return false;
}

/* Faults of a transport are described by the transport, the others by the class. */
static size_t explain(struct world *w, uint32_t kind, char *text, size_t bytes)
{
    static struct vwr_pci pci;

    const struct vwr_pci_host host = {.fault = {.kind = kind}};

    (void)vwr_dev_note(&pci.dev, kind, 1, 2);
    if (AMONG(kind, pci_kinds))
        return vwr_pci_explain(&pci, text, bytes);
    if (AMONG(kind, host_kinds))
        return vwr_pci_host_explain(&host, text, bytes);
    return vwr_blk_explain(&w->blk, text, bytes);
}

/* Each fault has its own message, which differs from that of the result and from those of other faults. */
static void every_fault_is_explained(void **state)
{
    static char seen[sizeof(kinds) / sizeof(kinds[0])][512];
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    world_opened(w);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        const int result = vwr_dev_note(&w->mmio.dev, kinds[i], 1, 2);
        const size_t length = explain(w, kinds[i], seen[i], sizeof(seen[i]));

        assert_true(result < 0 && result >= VWR_EINFLIGHT);
        assert_true(length > 10 && length < sizeof(seen[i]));
        assert_int_equal(strlen(seen[i]), length);
        assert_null(strpbrk(seen[i], "{}")); /* all placeholders are filled in */
        if (strcmp(seen[i], vwr_strerror(result)) == 0)
            fail_msg("%s has no explanation of its own", fault_name(kinds[i]));
        for (size_t k = 0; k < i; k++)
            if (strcmp(seen[i], seen[k]) == 0)
                fail_msg("%s and %s read alike: %s", fault_name(kinds[i]), fault_name(kinds[k]), seen[i]);
    }
}

/* The message contains the value read and its register or field. */
static void faults_say_what_was_read(void **state)
{
    static const struct {
        uint32_t kind;
        uint32_t where;
        uint32_t got;
        const char *words[3];
    } rows[] = {
        {VWR_FAULT_EMPTY, 0, 0, {"DeviceID reads 0", "empty slot", ""}},
        {VWR_FAULT_MAGIC, 0, 0x1234, {"MagicValue reads 0x1234", "", ""}},
        {VWR_FAULT_VERSION, 0, 2, {"Version reads 2", "only legacy", ""}},
        {VWR_FAULT_VERSION, 0, 1, {"Version reads 1", "only modern", "force-legacy=false"}},
        {VWR_FAULT_VERSION, 0, 3, {"Version reads 3", "neither", ""}},
        {VWR_FAULT_WINDOW, 0, 77, {"77 bytes", "registers alone have 256", ""}},
        {VWR_FAULT_TYPE, 2, 3, {"type 3 (Console)", "is for type 2 (Block device)", ""}},
        {VWR_FAULT_TYPE, 2, 12345, {"type 12345,", "", ""}},
        {VWR_FAULT_TYPE, 0, 3, {"type 3 (Console)", "no driver supports", ""}},
        {VWR_FAULT_ROOM, 512, 4096, {"private memory must be aligned to 512", "shared memory to 4096", ""}},
        {VWR_FAULT_ARRAY, 0, 78, {"is 77; it must be at least 78", "", ""}},
        {VWR_FAULT_RESET, 0, 0x86, {"0x86 (", "(DRIVER DRIVER_OK FAILED)", "reset"}},
        {VWR_FAULT_STATUS, 4, 3, {"status bit DRIVER_OK", "0x3 (ACKNOWLEDGE DRIVER)", ""}},
        {VWR_FAULT_STATUS, 4, 0x23, {"(ACKNOWLEDGE DRIVER 0x20)", "", ""}},
        {VWR_FAULT_FEATURES_OK, 8, 3, {"refused", "FEATURES_OK", "0x3 (ACKNOWLEDGE DRIVER)"}},
        {VWR_FAULT_SUSPEND,
         16,
         0x1f,
         {"status bit SUSPEND", "without an answer", "DRIVER_OK FEATURES_OK SUSPEND"}},
        {VWR_FAULT_NEEDS_RESET, 0, 0x4f, {"0x4f (", "DEVICE_NEEDS_RESET)", "reset"}},
        {VWR_FAULT_FEATURE, 0, 1u << 5, {"RO", "(bit 5)", "does not offer it; it offers 0x1 0x30000244"}},
        {VWR_FAULT_FEATURE, 1, 1u << 1, {"ACCESS_PLATFORM", "(bit 33)", "does not offer"}},
        {VWR_FAULT_FEATURE, 1, 1u << 7, {"NOTIF_CONFIG_DATA", "(bit 39)", "does not support it"}},
        {VWR_FAULT_FEATURE, 0, 0x80000040, {"BLK_SIZE", "(bit 6)", "not accepted"}},
        {VWR_FAULT_FEATURE, 1, 1u << 2, {"RING_PACKED", "(bit 34)", "does not offer"}},
        {VWR_FAULT_CONFIG_BYTES, 24, 8, {"needs 24 bytes", "8 are there", "DEVICE_CFG"}},
        {VWR_FAULT_QUEUE_ABSENT, 3, 0, {"queue 3", "QueueSizeMax reads 0", ""}},
        {VWR_FAULT_QUEUE_IN_USE, 3, 0x12, {"queue 3", "QueueReady reads 0x12", "in use"}},
        {VWR_FAULT_QUEUE_REFUSED, 3, 0x12, {"queue 3", "QueueReady reads 0x12", "did not accept"}},
        {VWR_FAULT_QUEUE_SIZE, 3, 24, {"queue 3", "size of 24", "must be a power of 2, at most 32768"}},
        {VWR_FAULT_QUEUE_MEMORY,
         3,
         430,
         {"430 bytes of shared", "16 descriptors and the requests; 77", "VWR_BLK_SHARED_BYTES()"}},
        {VWR_FAULT_QUEUE_OWN,
         3,
         160,
         {"160 bytes of driver-private", "16 descriptors and the requests; 77", "VWR_QUEUE_OWN_BYTES()"}},
        /* of PCI; explained by a class */
        {VWR_FAULT_PCI_SIZE,
         3,
         430,
         {"queue 3: the device has 16", "size of 16 and 430 bytes", "77 bytes for fewer"}},
        {VWR_FAULT_PCI_NOTIFY, 3, 0x12, {"queue 3", "notified at 0x12", ""}},
        {VWR_FAULT_PCI_VECTOR, 3, 2, {"queue 3", "MSI-X vector 2", ""}},
        {VWR_FAULT_QUEUE_BUFFERS, 3, 17, {"queue 3", "is 77; it must be at least 17", ""}},
        {VWR_FAULT_QUEUE_ALIGN, 0, 16, {"shared memory", "aligned to 16", "pointer"}},
        {VWR_FAULT_QUEUE_SPLIT, 0, 16, {"shared memory", "contiguous", ""}},
        {VWR_FAULT_QUEUE_ADDRESS, 3, 0x12, {"queue 3", "0x12", "QueuePFN"}},
        {VWR_FAULT_RING, 3, 0, {"queue 3", "not in flight", ""}},
        {VWR_FAULT_CONFIG, 0, 16, {"configuration changed", "16 reads", ""}},
        {VWR_FAULT_CONFIG_VALUE,
         10,
         67,
         {"offset 10 of the configuration", "reads 67", "outside the limits"}},
        {VWR_FAULT_REQUEST_TIMEOUT, 4, 0, {"request FLUSH", "30000000 us", "avail.idx 0, used.idx 0"}},
        {VWR_FAULT_BLK_SIZE, 0, 77, {"blk_size reads 77", "power of 2", ""}},
        {VWR_FAULT_REQUEST_SEGMENTS, 5, 77, {"up to 5 segments", "at most 77 bytes", ""}},
        {VWR_FAULT_REQUEST_IOERR, 0, 1, {"request IN", "error", ""}},
        {VWR_FAULT_REQUEST_ALIGN, 64, 0x1234, {"aligned to 64 bytes", "VWR_PORT_DMA_ALIGN", "0x1234"}},
        {VWR_FAULT_REQUEST_EMPTY, 2, 0, {"segment 2", "0 bytes", ""}},
        {VWR_FAULT_REQUEST_BLOCKS, 4096, 512, {"a block has 4096 bytes", "has 512 bytes", ""}},
        {VWR_FAULT_REQUEST_END, 7, 1, {"the end of the disk", "4294967303 sectors", ""}},
        {VWR_FAULT_REQUEST_REFUSED, 1, 0, {"request OUT", "the driver does not send it", ""}},
        {VWR_FAULT_REQUEST_UNSUPP, 8, 2, {"request GET_ID", "does not support", ""}},
        {VWR_FAULT_REQUEST_SHORT, 8, 19, {"request GET_ID", "an answer of 19 bytes", "too short"}},
        {VWR_FAULT_REQUEST_STATUS, 1, 9, {"request OUT", "status 0x9", "not in the specification"}},
        {VWR_FAULT_REQUEST_STATUS, 77, 9, {"request 77: status 0x9", "", ""}},
        {VWR_FAULT_REQUEST_STATUS, 1, 0xff, {"request OUT", "status 0xff", "has not written"}},
        {VWR_FAULT_REQUEST_TIMEOUT,
         4,
         VWR_FAULT_INDICES(0x18003, 0x28002),
         {"", "avail.idx 32771, used.idx 32770", "has not completed"}},
    };
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    world_opened(w);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const int result = vwr_dev_note(&w->mmio.dev, rows[i].kind, rows[i].where, rows[i].got);

        w->mmio.dev.fault_size = 16;
        w->mmio.dev.shortage.given = 77;
        for (unsigned k = 0; k < 3; k++)
            world_explains(w, rows[i].words[k]);
        assert_null(strstr(w->text, vwr_strerror(result))); /* and no general text follows */
    }
}

/* Values for which no table has a name. */
static void faults_with_nonsense_values(void **state)
{
    static const uint32_t values[] = {0, 3, 4, 127, 128, 255, 0x80000000, 0xffffffff};
    struct world *w = *state;

    for (uint32_t version = VWR_MMIO_VERSION_LEGACY; version <= VWR_MMIO_VERSION_MODERN; version++) {
        fake_bus_reset();
        world_plug(w, version);
        world_opened(w);
        for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
            for (size_t v = 0; v < sizeof(values) / sizeof(values[0]); v++) {
                /* of a feature: a word index and bits, which only the runtime writes */
                const uint32_t where =
                    kinds[i] == VWR_FAULT_FEATURE ? values[v] % VWR_FEATURE_WORDS : values[v];

                if (kinds[i] == VWR_FAULT_FEATURE && values[v] == 0)
                    continue;
                (void)vwr_dev_note(&w->mmio.dev, kinds[i], where, values[v]);
                assert_true(vwr_blk_explain(&w->blk, w->text, sizeof(w->text)) > 0);
                assert_true(vwr_dev_explain(&w->mmio.dev, w->text, sizeof(w->text)) > 0);
            }
        }
    }
}

static void nothing_has_gone_wrong(void **state)
{
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    world_opened(w);
    world_explains(w, "no fault");
    world_dev_explains(w, "no fault");
}

/* A text that does not fit is truncated and terminated, and the full length is returned. */
static void explanations_are_cut(void **state)
{
    struct world *w = *state;
    char small[512];
    size_t length;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    w->f.quirks.refuse_status = VWR_STATUS_DRIVER;
    assert_int_equal(world_open(w), VWR_EPROTO);
    length = vwr_blk_explain(&w->blk, w->text, sizeof(w->text));
    for (size_t bytes = 0; bytes <= length + 1; bytes++) {
        memset(small, '#', sizeof(small));
        assert_int_equal(vwr_blk_explain(&w->blk, small, bytes), length);
        assert_int_equal(small[bytes], '#');
        if (bytes > 0) {
            assert_int_equal(strlen(small), bytes - 1);
            assert_int_equal(strncmp(small, w->text, bytes - 1), 0);
        }
    }
    assert_int_equal(vwr_blk_explain(&w->blk, NULL, 0), length);
    assert_int_equal(vwr_dev_explain(&w->mmio.dev, NULL, 0), length);
}

/* ---- vwr_message ---- */

static void put_name(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    static const struct vwr_name names[] = {{7, "SEVEN"}, {0, NULL}};

    assert_int_equal(a->value[0], 7);
    vwr_message_put_name(t, names, v);
}

static void put_fixed(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)a;
    assert_int_equal(v, 0);
    vwr_text_str(t, "fixed");
}

static bool holds(unsigned when, const struct vwr_message_args *a)
{
    return when == a->value[1];
}

/* The messages of a class take precedence over the common ones. */
static const struct vwr_message own_rows[] = {
    {VWR_FAULT(120, VWR_EIO), 8, "own, {got} is 8"},
    {VWR_FAULT(120, VWR_EIO), 0, "own"},
    {VWR_FAULT_CONFIG, 9, "the class's"},
    {0, 0, NULL},
};
static const struct vwr_message_type own_types[] = {
    {"name", put_name, NULL}, {"fixed", put_fixed, NULL}, {NULL, NULL, NULL}};
static const struct vwr_messages own_set = {own_rows, own_types, holds, &vwr_request_messages};

static void message_placeholders(void **state)
{
    static const struct {
        const char *format;
        const char *text;
    } rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"{where}{got}", "78"},
        {"a {w} b {g:hex}.", "a 7 b 0x8."},
        {"{where:name} {got:name}", "SEVEN 8"},
        {"{:fixed}", "fixed"},
        {"{got:status} {got:feature}", "0x8 (FEATURES_OK) feature TOPOLOGY (bit 8)"},
        {"{where:bit} {queue} {timeout} {ring:hex} {memory:hex}", "7 1 2 0x3 0x4"},
        {"{none} {got:nam} {got:names}", "0 8 8"}, /* unknown value; unknown type */
        {"cut {got", "cut 8"},
    };
    static const struct vwr_name features[] = {{8, "TOPOLOGY"}, {0, NULL}};
    const struct vwr_fault fault = {VWR_FAULT_CONFIG, 7, 8};
    struct vwr_message_args a;
    struct vwr_text t;
    char at[80];

    (void)state;
    vwr_message_begin(&a, &own_set, features, NULL, &fault);
    vwr_message_set_request(&a, 1, 2, 3, (const void *)(uintptr_t)4);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        vwr_text_begin(&t, at, sizeof(at));
        vwr_message_put(&t, rows[i].format, &a);
        assert_string_equal(at, rows[i].text);
        assert_int_equal(t.length, strlen(at));
    }
}

static void message_of_a_class(void **state)
{
    static const struct {
        struct vwr_fault fault;
        const char *text;
    } rows[] = {
        {{VWR_FAULT(120, VWR_EIO), 0, 8}, "own, 8 is 8"},
        {{VWR_FAULT(120, VWR_EIO), 0, 7}, "own"},
        {{VWR_FAULT_CONFIG, 0, 9}, "the class's"},
        {{VWR_FAULT_CONFIG, 0, 8}, "the configuration changed during each of 8 reads"},
        {{VWR_FAULT_REQUEST_IOERR, 2, 0}, "request 2: the device reports an I/O error"},
        {{VWR_FAULT_RING, 2, 0}, "queue 2: the device used a buffer that is not in flight"},
        {{VWR_FAULT_NONE, 0, 0}, "no fault"},
        {{VWR_FAULT(121, VWR_EPROTO), 0, 0}, "EPROTO: the answer violates the specification"},
        {{0x10000u | VWR_FAULT_CONFIG, 0, 0}, "EUNSTABLE: the configuration kept changing"},
    };
    struct vwr_message_args a;
    char at[80];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        vwr_message_begin(&a, &own_set, NULL, NULL, &rows[i].fault);
        assert_int_equal(vwr_message_explain(&a, at, sizeof(at)), strlen(rows[i].text));
        assert_string_equal(at, rows[i].text);
    }
}

/* ---- vwr_text ---- */

static void text_lengths(void **state)
{
    struct vwr_text t;
    char at[8];

    (void)state;
    for (size_t bytes = 0; bytes <= sizeof(at); bytes++) {
        memset(at, '#', sizeof(at));
        vwr_text_begin(&t, at, bytes);
        vwr_text_str(&t, "abc");
        vwr_text_str(&t, "");
        vwr_text_str(&t, "def");
        assert_int_equal(t.length, 6);
        for (size_t i = bytes; i < sizeof(at); i++)
            assert_int_equal(at[i], '#');
        if (bytes > 0)
            assert_int_equal(strncmp(at, "abcdef", bytes - 1), 0);
        if (bytes > 0)
            assert_int_equal(strlen(at), bytes > 6 ? 6 : bytes - 1);
    }
}

static void text_is_empty_at_first(void **state)
{
    struct vwr_text t;
    char one[1] = {'#'};

    (void)state;
    vwr_text_begin(&t, one, 1);
    assert_int_equal(one[0], '\0');
    vwr_text_begin(&t, NULL, 0);
    vwr_text_dec(&t, 100);
    assert_int_equal(t.length, 3);
}

static void text_numbers(void **state)
{
    static const struct {
        uint64_t value;
        const char *dec;
        const char *hex;
    } rows[] = {
        {0, "0", "0x0"},
        {9, "9", "0x9"},
        {10, "10", "0xa"},
        {255, "255", "0xff"},
        {4294967295u, "4294967295", "0xffffffff"},
        {UINT64_MAX, "18446744073709551615", "0xffffffffffffffff"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct vwr_text t;
        char at[32];

        vwr_text_begin(&t, at, sizeof(at));
        vwr_text_dec(&t, rows[i].value);
        assert_string_equal(at, rows[i].dec);
        vwr_text_begin(&t, at, sizeof(at));
        vwr_text_hex(&t, rows[i].value);
        assert_string_equal(at, rows[i].hex);
        vwr_text_begin(&t, at, sizeof(at));
        vwr_text_digits(&t, rows[i].value);
        assert_string_equal(at, rows[i].hex + 2);
    }
}

/* ---- sets of features ---- */

static struct vwr_features set_of(const uint8_t *bits, size_t count)
{
    struct vwr_features f;

    vwr_features_clear(&f);
    for (size_t i = 0; i < count; i++)
        vwr_features_add(&f, bits[i]);
    return f;
}

static void features_add_remove_have(void **state)
{
    struct vwr_features f = set_of(NULL, 0);

    (void)state;
    for (unsigned bit = 0; bit < 128; bit++) {
        assert_false(vwr_features_have(&f, bit));
        vwr_features_add(&f, bit);
        assert_true(vwr_features_have(&f, bit));
        vwr_features_remove(&f, bit);
        assert_int_equal(f.w[0] | f.w[1] | f.w[2] | f.w[3], 0);
    }
    vwr_features_add(&f, 128); /* outside the set: ignored */
    vwr_features_add(&f, 0xffffffff);
    vwr_features_remove(&f, 128);
    assert_false(vwr_features_have(&f, 128));
    assert_false(vwr_features_have(&f, 0xffffffff));
    assert_int_equal(f.w[0] | f.w[1] | f.w[2] | f.w[3], 0);
}

#define NONE VWR_FEATURE_NONE

struct closure {
    uint8_t before[8];
    uint8_t before_count;
    uint8_t after[8];
    uint8_t after_count;
};

/* 1 needs 2, 2 needs 3, 3 needs 70; 10 needs 11 or 12 or 120; 20 needs 21 and 22; 30 and 31 need each other.
 */
static const struct vwr_feature_rule rules[] = {
    {1, {2, NONE, NONE}},   {2, {3, NONE, NONE}},   {3, {70, NONE, NONE}},  {10, {11, 12, 120}},
    {20, {21, NONE, NONE}}, {20, {22, NONE, NONE}}, {30, {31, NONE, NONE}}, {31, {30, NONE, NONE}},
};

static const struct closure closures[] = {
    {{0}, 0, {0}, 0},
    {{5, 99}, 2, {5, 99}, 2},             /* features without a rule */
    {{1, 2, 3, 70}, 4, {1, 2, 3, 70}, 4}, /* a complete chain */
    {{1, 2, 3}, 3, {0}, 0},               /* a chain that collapses step by step from its end */
    {{1, 3, 70}, 3, {3, 70}, 2},          /* a chain with a gap in the middle */
    {{10, 12}, 2, {10, 12}, 2},           /* one of three alternatives */
    {{10, 120}, 2, {10, 120}, 2},
    {{10, 13}, 2, {13}, 1},
    {{20, 21, 22}, 3, {20, 21, 22}, 3}, /* both of two */
    {{20, 21}, 2, {21}, 1},
    {{20, 22}, 2, {22}, 1},
    {{30, 31}, 2, {30, 31}, 2}, /* mutual requirements are satisfied */
    {{30}, 1, {0}, 0},
};

static void features_closure(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(closures) / sizeof(closures[0]); i++) {
        const struct closure *c = &closures[i];
        struct vwr_features f = set_of(c->before, c->before_count);
        const struct vwr_features after = set_of(c->after, c->after_count);

        vwr_features_close(&f, rules, sizeof(rules) / sizeof(rules[0]));
        assert_memory_equal(&f, &after, sizeof(f));
        vwr_features_close(&f, rules, sizeof(rules) / sizeof(rules[0])); /* a second call changes nothing */
        assert_memory_equal(&f, &after, sizeof(f));
    }
}

static void features_closure_without_rules(void **state)
{
    const uint8_t bits[] = {0, 127};
    struct vwr_features f = set_of(bits, 2);

    (void)state;
    vwr_features_close(&f, NULL, 0);
    assert_true(vwr_features_have(&f, 0) && vwr_features_have(&f, 127));
}

/* The rules of the specification: without VERSION_1, every feature that depends on it is removed. */
static void features_closure_of_the_specification(void **state)
{
    struct vwr_features f;

    (void)state;
    memset(&f, 0xff, sizeof(f));
    vwr_features_close(&f, vwr_feature_rules, VWR_FEATURE_RULE_COUNT);
    assert_int_equal(f.w[0] & f.w[1] & f.w[2] & f.w[3], 0xffffffff);
    vwr_features_remove(&f, VWR_F_VERSION_1);
    vwr_features_close(&f, vwr_feature_rules, VWR_FEATURE_RULE_COUNT);
    assert_false(vwr_features_have(&f, VWR_F_RING_PACKED));
    assert_false(vwr_features_have(&f, VWR_F_ACCESS_PLATFORM));
    assert_true(vwr_features_have(&f, VWR_F_EVENT_IDX));
}

/* The driver does not apply these rules (vwr_dev.c, choose_features): either it has VERSION_1, or it has
 * only features without requirements. */
static void features_of_the_specification_need_version_1_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < VWR_FEATURE_RULE_COUNT; i++)
        assert_int_equal(vwr_feature_rules[i].any[0], VWR_F_VERSION_1);
}

/* Same results as the processor's or the compiler's own operations. */
/* After these results alone the device may still access the memory of a call. */
static void results_in_flight(void **state)
{
    (void)state;
    for (int result = VWR_EINFLIGHT - 1; result <= 1; result++) {
        const bool is = result == VWR_EINFLIGHT || result == VWR_ETIMEOUT || result == VWR_EBADRING ||
                        result == VWR_ENEEDSRESET || result == VWR_EGONE;

        assert_int_equal(vwr_result_is_in_flight(result), is);
    }
}

static void name_of_the_parent(void **state)
{
    const char *const others[] = {"", ".", ".a", "a.", "...", "..a"};

    (void)state;
    assert_true(vwr_p9_is_up("..", 2));
    for (unsigned i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        assert_false(vwr_p9_is_up(others[i], (uint32_t)strlen(others[i])));
}

/* An algorithm is offered if its bit and the bit of its service are set. */
static void crypto_offers(void **state)
{
    struct vwr_crypto_config_info info;

    (void)state;
    memset(&info, 0, sizeof(info));
    info.hash_algo = 1u << 3;
    assert_false(vwr_crypto_info_offers(&info, VWR_CRYPTO_SERVICE_HASH, 3));
    info.crypto_services = 1u << VWR_CRYPTO_SERVICE_HASH;
    assert_true(vwr_crypto_info_offers(&info, VWR_CRYPTO_SERVICE_HASH, 3));
    assert_false(vwr_crypto_info_offers(&info, VWR_CRYPTO_SERVICE_HASH, 2));
    assert_false(vwr_crypto_info_offers(&info, VWR_CRYPTO_SERVICE_MAC, 3));
    assert_false(vwr_crypto_info_offers(&info, VWR_CRYPTO_SERVICE_HASH, 64 + 3));
}

struct theirs {
    uint8_t head;
    uint8_t reserved;
    uint8_t number[4];
    uint8_t flags[2];
    uint8_t kind[2];
};

struct ours {
    uint64_t number;
    uint16_t kept;
    uint8_t head;
    bool is_on;
    bool is_open;
};

/* Each kind of field, in both byte orders. */
static void records(void **state)
{
    static const struct vwr_record_field fields[] = {
        VWR_RECORD_SAME(theirs, head, ours, head),
        VWR_RECORD_FIELD(theirs, number, ours, number),
        VWR_RECORD_FLAG(theirs, flags, 0x1, ours, is_on),
        VWR_RECORD_FLAG(theirs, flags, 0x8000, ours, is_open),
        VWR_RECORD_VALUE(theirs, kind, 0x1234),
    };
    static const struct vwr_record record = VWR_RECORD(theirs, fields);
    static const uint8_t little[] = {7, 0, 4, 3, 2, 1, 0, 0x80, 0x34, 0x12};
    static const uint8_t big[] = {7, 0, 1, 2, 3, 4, 0x80, 0, 0x12, 0x34};
    struct ours o = {.number = 0x01020304, .kept = 5, .head = 7, .is_open = true};
    uint8_t made[sizeof(little)];

    (void)state;
    vwr_record_encode(&record, false, &o, made);
    assert_memory_equal(made, little, sizeof(made));
    vwr_record_encode(&record, true, &o, made);
    assert_memory_equal(made, big, sizeof(made));
    for (unsigned i = 0; i < 2; i++) {
        const struct ours blank = {.number = ~(uint64_t)0, .kept = 5, .head = 9, .is_on = true};

        o = blank;
        assert_true(vwr_record_decode(&record, i != 0, &o, i != 0 ? big : little));
        assert_int_equal(o.number, 0x01020304);
        assert_int_equal(o.kept, 5);
        assert_int_equal(o.head, 9); /* is not decoded */
        assert_false(o.is_on);
        assert_true(o.is_open);
    }
    made[9] = 0; /* of the value */
    assert_false(vwr_record_decode(&record, true, &o, made));
}

static void divisions_and_shifts(void **state)
{
    static const uint32_t by[] = {1, 2, 3, 6, 7, 10, 16, 512, 1000, 0x7fffffff, 0x80000000, 0xffffffff};
    uint64_t value = 0;
    uint32_t rest;

    (void)state;
    for (unsigned bit = 0; bit < 64; bit++)
        for (unsigned near = 0; near < 3; near++) {
            value = ((uint64_t)1 << bit) - 1 + near;
            for (unsigned i = 0; i < sizeof(by) / sizeof(by[0]); i++) {
                assert_true(vwr_divide(value, by[i], &rest) == value / by[i]);
                assert_int_equal(rest, value % by[i]);
                assert_int_equal(vwr_remainder(value, by[i]), value % by[i]);
            }
            for (unsigned n = 0; n < 64; n++) {
                assert_true(vwr_shift_left(value * 0x9e3779b97f4a7c15u, n) == value * 0x9e3779b97f4a7c15u
                                                                                  << n);
                assert_true(vwr_shift_right(~value, n) == ~value >> n);
            }
        }
    assert_true(vwr_divide(UINT64_MAX, 1, &rest) == UINT64_MAX);
    assert_int_equal(rest, 0);
    assert_true(vwr_divide(5, 0, &rest) == 0); /* not allowed, and ends */
    assert_int_equal(rest, 5);
}

/*
 * Access widths: a part of a register may be accessed with its own width, the whole register only at its
 * start.
 */
static void widths_of_a_register(void **state)
{
    static const struct {
        uint64_t offset;
        unsigned bytes;
        enum vwr_access_check check;
    } rows[] = {
        {16, 4, VWR_ALLOWED},   {20, 4, VWR_ALLOWED},   {16, 8, VWR_ALLOWED},    {20, 8, VWR_NOT_WIDTH},
        {16, 2, VWR_NOT_WIDTH}, {16, 1, VWR_NOT_WIDTH}, {16, 12, VWR_NOT_WIDTH},
    };
    static const struct vwr_features none;
    const struct vwr_register r = {.offset = 16,
                                   .bytes = 8,
                                   .widths = 4 | 8,
                                   .versions = VWR_MODERN,
                                   .access = VWR_READ,
                                   .feature = VWR_FEATURE_NONE};
    const struct vwr_negotiation s = {.accepted = &none};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(vwr_check_register(&r, rows[i].offset, rows[i].bytes, false, &s), rows[i].check);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_of_a_register),
        cmocka_unit_test(strerror_of_each_result),
        cmocka_unit_test(strerror_says_when_to_call_again),
        cmocka_unit_test(strerror_of_others),
        cmocka_unit_test(errno_of_each_result),
        WORLD_TEST(every_fault_is_explained),
        cmocka_unit_test(message_placeholders),
        cmocka_unit_test(message_of_a_class),
        WORLD_TEST(faults_say_what_was_read),
        WORLD_TEST(faults_with_nonsense_values),
        WORLD_TEST(nothing_has_gone_wrong),
        WORLD_TEST(explanations_are_cut),
        cmocka_unit_test(text_lengths),
        cmocka_unit_test(text_is_empty_at_first),
        cmocka_unit_test(text_numbers),
        cmocka_unit_test(results_in_flight),
        cmocka_unit_test(name_of_the_parent),
        cmocka_unit_test(crypto_offers),
        cmocka_unit_test(records),
        cmocka_unit_test(divisions_and_shifts),
        cmocka_unit_test(features_add_remove_have),
        cmocka_unit_test(features_closure),
        cmocka_unit_test(features_closure_without_rules),
        cmocka_unit_test(features_closure_of_the_specification),
        cmocka_unit_test(features_of_the_specification_need_version_1_alone),
    };

    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
