/* SPDX-License-Identifier: MIT */
#include "box.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"
#include "vwr/vm.h"

#include <stdio.h>
#include <string.h>

/* Text for people: the message of each fault, the list of a VM, the description of a device. */

static const struct {
    enum vwr_vfault fault;
    uint64_t a;
    uint64_t b;
    const char *words;
} sentences[] = {
    {VWR_VFAULT_INDEX, 40, 7,
     "queue 1: more was made available than the queue can hold: the index is 40, the device was at 7"},
    {VWR_VFAULT_HEAD, 16, 0, "queue 1: descriptor 16 was made available, which is outside the queue"},
    {VWR_VFAULT_TWICE, 3, 0, "queue 1: descriptor 3 was made available while its chain is in flight"},
    {VWR_VFAULT_NEXT, 8, 0, "queue 1: chain 8 continues beyond the end of its table"},
    {VWR_VFAULT_LOOP, 2, 0, "queue 1: chain 2 has more descriptors than the queue, or is a loop"},
    {VWR_VFAULT_LENGTH, 0x40001000, 0, "queue 1: with the segment at 0x40001000 a chain has 4 GiB or more"},
    {VWR_VFAULT_ADDRESS, 0xa000000, 512,
     "queue 1: the 512 bytes at 0xa000000 are not guest memory that a device may access"},
    {VWR_VFAULT_ORDER, 0, 0, "queue 1: a device-readable segment follows a device-writable one"},
    {VWR_VFAULT_INDIRECT, 0x28, 0,
     "queue 1: an invalid indirect table: not negotiated, inside another table, or with flags or a "
     "length of 0x28"},
    {VWR_VFAULT_SEGMENTS, 24, 0, "queue 1: a chain has more than 24 segments, the maximum of the device"},
    {VWR_VFAULT_WRAP, 0x8080, 0,
     "queue 1: a chain continues in a descriptor that is not available: its flags are 0x8080"},
    {VWR_VFAULT_REQUEST, 1, 0, "queue 1: a request has no space for its answer"},
    {VWR_VFAULT_QUEUE_MEMORY, 0x1000, 8,
     "queue 1: its rings of 8 descriptors overlap, or are not each in one region of guest memory; see "
     "address 0x1000"},
    {VWR_VFAULT_MAPPING, 0x5000, 512,
     "queue 1: the 512 bytes at 0x5000 are not mapped, or not for this access"},
    {VWR_VFAULT_UNMAPPED, 0, 0,
     "the driver removed a mapping with a buffer in flight, which the device did not return in time"},
    {VWR_VFAULT_HOST, 0, 0, "the VMM has stopped the device"},
    {VWR_VFAULT_UNSAFE, 0, 0, "hardware behind the device has stopped and can still access guest memory"},
};

static char words[400];

static const char *explain(void)
{
    const size_t length = vwr_vdev_explain(&box.dev, words, sizeof(words));

    assert_int_equal(length, strlen(words));
    return words;
}

static void each_fault_that_breaks(struct guest *g, long long at)
{
    char expected[400];

    (void)at;
    for (unsigned i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
        assert_true(guest_start(g));
        assert_string_equal(explain(), "no fault");
        assert_int_equal(vwr_vdev_break(&box.dev, 1, sentences[i].fault, sentences[i].a, sentences[i].b),
                         VWR_EBADRING);
        snprintf(expected, sizeof(expected), "%s; the device waits for a reset", sentences[i].words);
        assert_string_equal(explain(), expected);
        (void)vwr_vdev_break(&box.dev, 0, VWR_VFAULT_HEAD, 1, 1); /* the first fault is kept */
        assert_string_equal(explain(), expected);
    }
}

/* A fault without a message is shown by its number. */
static void no_fault_without_words(struct guest *g, long long at)
{
    (void)at;
    for (unsigned fault = 1; fault <= VWR_VFAULT_UNMAPPED; fault++) {
        vwr_vdev_reset(g->dev);
        (void)vwr_vdev_break(&box.dev, 0, (enum vwr_vfault)fault, 0, 0);
        assert_null(strstr(explain(), "unknown fault"));
        assert_null(strpbrk(explain(), "{}"));
    }
}

/* Accepts the offered features except `without`, plus the bit `with`. */
static void take_features(struct guest *g, unsigned with, unsigned without)
{
    uint32_t status = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER;

    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    box_set(g, VWR_MMIO_STATUS, status);
    for (uint32_t word = 0; word < VWR_FEATURE_WORDS; word++) {
        uint32_t bits = box.dev.offered.w[word];

        if (with / 32 == word)
            bits |= 1u << with % 32;
        if (without / 32 == word)
            bits &= ~(1u << without % 32);
        box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, word);
        box_set(g, VWR_MMIO_DRIVER_FEATURES, bits);
    }
    if (!g->legacy)
        box_set(g, VWR_MMIO_STATUS, status | VWR_STATUS_FEATURES_OK);
    box_set(g, VWR_MMIO_STATUS, status | VWR_STATUS_DRIVER_OK);
}

static void each_refused_set(struct guest *g, long long at)
{
    (void)at;
    if (g->legacy) {
        take_features(g, VWR_F_INDIRECT_DESC + 3, 127);
        assert_string_equal(
            explain(),
            "the driver accepted feature (bit 31), which was not offered: the device works without it");
        return;
    }
    take_features(g, 7, 127);
    assert_string_equal(explain(),
                        "the driver accepted feature (bit 7), which was not offered: FEATURES_OK stays 0");
    take_features(g, VWR_F_SR_IOV, 127);
    assert_string_equal(
        explain(), "the driver accepted feature SR_IOV (bit 37), which was not offered: FEATURES_OK stays 0");
    take_features(g, 0, BOX_F_SWITCH);
    box.dev.written.w[0] &= ~1u;
    take_features(g, BOX_F_SECOND, BOX_F_SWITCH);
    assert_string_equal(explain(),
                        "the driver accepted feature SECOND (bit 6) without what it requires, feature "
                        "SWITCH (bit 5): FEATURES_OK stays 0");
    take_features(g, BOX_F_SECOND, VWR_F_VERSION_1);
    assert_string_equal(explain(),
                        "the driver accepted feature IN_ORDER (bit 35) without what it requires, feature "
                        "VERSION_1 (bit 32): FEATURES_OK stays 0");
    box.refuse = VWR_EUNSUPP;
    take_features(g, BOX_F_SECOND, 127);
    assert_non_null(
        strstr(explain(), "the device does not work with the features that the driver accepted: "));
    assert_non_null(strstr(explain(), vwr_strerror(VWR_EUNSUPP)));
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, 0xffffffff);
    box_set(g, VWR_MMIO_DRIVER_FEATURES, 2);
    box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, 1);
    box_set(g, VWR_MMIO_DRIVER_FEATURES, 1);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK);
    assert_string_equal(explain(), "the driver accepted feature (bit 137438953441), which was not offered: "
                                   "FEATURES_OK stays 0");
}

/* What a feature requires: one of three, all of which the sentence names. */
static void each_requirement(struct guest *g, long long at)
{
    static const struct vwr_feature_rule rule = {.feature = 20, .any = {21, 22, 23}};
    const struct vwr_vdev_class *const box_class = box.dev.kind;
    const struct vwr_features offered = box.dev.offered;
    struct vwr_vdev_class of_three = *box_class;

    (void)at;
    assert_true(guest_negotiate(g));
    of_three.rules = &rule;
    of_three.rule_count = 1;
    box.dev.kind = &of_three;
    box.dev.fault.kind = VWR_VFAULT_FEATURES;
    box.dev.fault.a = 20;
    vwr_features_add(&box.dev.offered, 20);
    for (unsigned other = 20; other < 24; other++) {
        vwr_features_clear(&box.dev.written);
        vwr_features_add(&box.dev.written, 20);
        vwr_features_add(&box.dev.written, other);
        assert_int_equal(strstr(explain(), "(bit 21) or feature (bit 22) or feature (bit 23)") != NULL,
                         other == 20);
    }
    vwr_features_clear(&box.dev.written); /* and the dependencies that every device has */
    vwr_features_add(&box.dev.written, VWR_F_IN_ORDER);
    vwr_features_add(&box.dev.offered, VWR_F_IN_ORDER);
    box.dev.fault.a = VWR_F_IN_ORDER;
    assert_non_null(strstr(explain(), "without what it requires, feature VERSION_1 (bit 32)"));
    box.dev.offered = offered;
    box.dev.kind = box_class;
}

/* A fault, and a queue for it, that no device has. */
static void what_is_not_there(struct guest *g, long long at)
{
    (void)at;
    vwr_vdev_reset(g->dev);
    box.dev.fault.kind = 250;
    assert_string_equal(explain(), "an unknown fault");
    box.dev.fault.kind = VWR_VFAULT_QUEUE_SIZE;
    box.dev.fault.queue = BOX_QUEUES;
    assert_non_null(strstr(explain(), "at most 0"));
    vwr_vdev_reset(g->dev);
}

/* A class that has memory for fewer segments takes shorter queues than the VMM has for it. */
static void a_limited_queue(struct guest *g, long long at)
{
    char expected[40];

    (void)at;
    assert_true(guest_negotiate(g));
    vwr_vdev_limit(&box.dev, 4);
    assert_in_range(box.dev.size_max, 1, 4);
    g->q[2].size = 2u * box.dev.size_max;
    assert_false(guest_set_queue(g, 2));
    (void)snprintf(expected, sizeof(expected), g->packed ? "must be 1 to %u" : "at most %u",
                   (unsigned)box.dev.size_max);
    assert_non_null(strstr(explain(), expected));
    vwr_vdev_limit(&box.dev, ~0u);
}

/* A queue that did not become ready. */
static void each_refused_queue(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_negotiate(g));
    g->q[2].size = 0;
    assert_false(guest_set_queue(g, 2));
    assert_string_equal(explain(), g->packed
                                       ? "queue 2: the driver set a size of 0; it must be 1 to 16"
                                       : "queue 2: the driver set a size of 0; it must be a power of 2, at "
                                         "most 16");
    assert_true(guest_negotiate(g));
    g->q[2].size = 8;
    g->q[2].desc += 4;
    g->align = 3;
    assert_false(guest_set_queue(g, 2));
    assert_string_equal(explain(), g->legacy
                                       ? "queue 2: QueueAlign is 3 and GuestPageSize 4096; "
                                         "both must be powers of 2, QueueAlign at least 4"
                                       : "queue 2: an address of its rings is not aligned; the descriptors "
                                         "are at 0x40006004");
}

/* A text buffer of any size: the text is truncated, and its full length is returned. */
static void little_room(struct guest *g, long long at)
{
    char text[64];
    size_t length;

    (void)at;
    vwr_vdev_needs_reset(g->dev);
    length = strlen(explain());
    for (size_t room = 0; room < sizeof(text); room++) {
        memset(text, '#', sizeof(text));
        assert_int_equal(vwr_vdev_explain(&box.dev, text, room), length);
        assert_int_equal(text[room], '#');
        if (room > 0) {
            assert_int_equal(strlen(text), room - 1 < length ? room - 1 : length);
            assert_memory_equal(text, words, strlen(text));
        }
    }
}

static char page[4000];

static void add_line(void *context, const char *line)
{
    assert_ptr_equal(context, page);
    assert_true(strlen(page) + strlen(line) + 2 < sizeof(page));
    strcat(strcat(page, line), "\n");
}

static void the_list(struct guest *g, long long at)
{
    struct vwr_vdev_setup s;
    static struct box other;
    char expected[1000];

    (void)at;
    page[0] = '\0';
    box_setup_other(g, &s);
    assert_int_equal(box_init(&other, &s), VWR_OK);
    vwr_vdev_limit(&other.dev, 10);
    assert_int_equal(vwr_vm_add(&g->vm, 3, &other.dev), VWR_OK);
    assert_true(guest_start(g));
    vwr_vm_list(&g->vm, add_line, page);
    snprintf(expected, sizeof(expected),
             "hostile: 2 virtio devices in 4 slots of 0x1000 bytes at 0xa000000\n"
             "  slot address      irq  kind     version status state\n"
             "  0    0xa000000    48   box      %s  %s   running   3 of 3 queues ready\n"
             "  3    0xa003000    48   box      %s  0x0   reset     0 of 3 queues ready, of at most 8 "
             "descriptors (not 16: memory for segments)\n",
             g->legacy ? "legacy" : "modern", g->legacy ? "0x7" : "0xf", g->legacy ? "legacy" : "modern");
    assert_string_equal(page, expected);
    vwr_vm_remove(&g->vm, 3);
    vwr_vm_remove(&g->vm, 0);
    page[0] = '\0';
    vwr_vm_list(&g->vm, add_line, page);
    assert_string_equal(page, "hostile: 0 virtio devices in 4 slots of 0x1000 bytes at 0xa000000\n");
    page[0] = '\0';
    g->vm.name = NULL;
    vwr_vm_list(&g->vm, add_line, page);
    assert_string_equal(page, "VM: 0 virtio devices in 4 slots of 0x1000 bytes at 0xa000000\n");
    guest_plug(g, 0, &box.dev);
}

static void state_is(struct guest *g, const char *state)
{
    page[0] = '\0';
    vwr_vm_list(&g->vm, add_line, page);
    assert_non_null(strstr(page, state));
}

static void each_state(struct guest *g, long long at)
{
    (void)at;
    state_is(g, " reset ");
    assert_true(guest_negotiate(g));
    state_is(g, " starting ");
    state_is(g, " 0 of 3 queues");
    assert_true(guest_start(g));
    state_is(g, " running ");
    vwr_vdev_needs_reset(g->dev);
    state_is(g, " broken ");
    assert_true(guest_start(g));
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_FAILED);
    state_is(g, " failed ");
}

static const char modern[] =
    "box: device id 42, virtio-mmio version 2, vendor 0x52575256, irq 48\n"
    "  status 0x4f (ACKNOWLEDGE DRIVER DRIVER_OK FEATURES_OK DEVICE_NEEDS_RESET), broken\n"
    "  interrupt status 0x3 (used buffer) (configuration); configuration of 24 bytes, generation 0\n"
    "  offered:  EARLY SWITCH SECOND INDIRECT_DESC EVENT_IDX VERSION_1 IN_ORDER NOTIFICATION_DATA\n"
    "            RING_RESET SUSPEND HIGH\n"
    "  accepted: EARLY SWITCH SECOND INDIRECT_DESC EVENT_IDX VERSION_1 RING_RESET SUSPEND HIGH\n"
    "  queue 0: size 8 of 16, split, stopped, descriptors at 0x40000000, driver area at 0x40000400, device "
    "area at "
    "0x40001000\n"
    "    notified 2, chains taken 2, used 2, in flight 0; interrupts 2, suppressed 0\n"
    "  queue 1: size 8 of 16, split, stopped, descriptors at 0x40003000, driver area at 0x40003400, device "
    "area at "
    "0x40004000\n"
    "    notified 0, chains taken 0, used 0, in flight 0; interrupts 0, suppressed 0\n"
    "  queue 2: size 0 of 16, not ready\n"
    "  accesses 39, ignored 0; interrupts 3; resets 1; late answers 0\n"
    "  the VMM has stopped the device; the device waits for a reset\n";

static const char legacy[] =
    "box: device id 42, virtio-mmio version 1, vendor 0x52575256, irq 48\n"
    "  status 0x47 (ACKNOWLEDGE DRIVER DRIVER_OK DEVICE_NEEDS_RESET), broken\n"
    "  interrupt status 0x3 (used buffer) (configuration); configuration of 24 bytes, generation 0\n"
    "  offered:  EARLY SWITCH SECOND INDIRECT_DESC EVENT_IDX\n"
    "  accepted: EARLY SWITCH SECOND INDIRECT_DESC EVENT_IDX\n"
    "  queue 0: size 8 of 16, split, stopped, descriptors at 0x40000000, driver area at 0x40000080, device "
    "area at "
    "0x40001000\n"
    "    notified 2, chains taken 2, used 2, in flight 0; interrupts 2, suppressed 0\n"
    "  queue 1: size 8 of 16, split, stopped, descriptors at 0x40003000, driver area at 0x40003080, device "
    "area at "
    "0x40004000\n"
    "    notified 0, chains taken 0, used 0, in flight 0; interrupts 0, suppressed 0\n"
    "  queue 2: size 0 of 16, not ready\n"
    "  accesses 24, ignored 0; interrupts 3; resets 1; late answers 0\n"
    "  the VMM has stopped the device; the device waits for a reset\n";

static void all_of_a_device(struct guest *g, long long at)
{
    const struct guest_desc d = {GUEST_DATA, 16, VWR_VIRTQ_DESC_F_WRITE, 0};

    (void)at;
    g->queues = 2;
    assert_true(guest_start(g));
    assert_true(box_ask(g, 0));
    (void)guest_chain(g, 0, &d, 1);
    guest_kick(g, 0);
    vwr_vdev_needs_reset(g->dev);
    page[0] = '\0';
    vwr_vdev_print(g->dev, add_line, page);
    assert_string_equal(page, g->legacy ? legacy : modern);
    g->queues = BOX_QUEUES;
}

/* A device that no driver has used yet. */
static void a_device_at_rest(struct guest *g, long long at)
{
    (void)at;
    page[0] = '\0';
    vwr_vdev_print(g->dev, add_line, page);
    assert_non_null(strstr(page, "  status 0x0 (none), reset\n"));
    assert_non_null(strstr(page, "  accepted:\n"));
    assert_non_null(strstr(page, "  queue 0: size 0 of 16, not ready\n"));
    assert_non_null(strstr(page, "  no fault\n"));
    vwr_features_add(&box.dev.offered, 20); /* no feature has this bit */
    page[0] = '\0';
    vwr_vdev_print(g->dev, add_line, page);
    vwr_features_remove(&box.dev.offered, 20);
    assert_non_null(strstr(page, " bit-20 "));
    vwr_vdev_limit(&box.dev, 5);
    page[0] = '\0';
    vwr_vdev_print(g->dev, add_line, page);
    assert_non_null(strstr(page, "  queue 0: size 0 of 4 (not 16: memory for segments), not ready\n"));
    vwr_vdev_limit(&box.dev, GUEST_QUEUE_MAX + 1);
}

#define EACH(name, clause, formats)      \
    {                                    \
#name, clause, name, formats, 0, \
        {                                \
            0                            \
        }                                \
    }

static const struct hostile_case cases[] = {
    EACH(each_fault_that_breaks, "header vwr/vdev.h", HOSTILE_SPLIT),
    EACH(each_refused_set, "header vwr/vdev.h", HOSTILE_SPLIT),
    EACH(no_fault_without_words, "header vwr/vdev.h", HOSTILE_SPLIT),
    EACH(each_requirement, "header vwr/vdev.h", HOSTILE_SPLIT),
    EACH(what_is_not_there, "header vwr/vdev.h", HOSTILE_SPLIT),
    EACH(a_limited_queue, "header vwr/vdev.h", HOSTILE_ALL),
    EACH(each_refused_queue, "header vwr/vdev.h", HOSTILE_ALL),
    EACH(little_room, "header vwr/vdev.h", HOSTILE_MODERN),
    EACH(the_list, "header vwr/vdev.h", HOSTILE_SPLIT),
    EACH(each_state, "header vwr/vdev.h", HOSTILE_SPLIT),
    EACH(all_of_a_device, "header vwr/vdev.h", HOSTILE_SPLIT),
    EACH(a_device_at_rest, "header vwr/vdev.h", HOSTILE_SPLIT),
};

int main(void)
{
    return hostile_run("words", &box_device, cases, sizeof(cases) / sizeof(cases[0]));
}
