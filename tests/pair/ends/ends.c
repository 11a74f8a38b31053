/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "check.h"
#include "guest.h"
#include "ram.h"
#include "vmm.h"
#include "vwr/gen/features.h"
#include "vwr/mmio.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The device and its driver, their memory, and the reports of the cases. */

#define KINDS 2u /* ring kinds */

struct ends ends;

static struct {
    struct vwr_vdev scripted;
    struct vwr_vdev_class cls;
    struct vwr_vqueue queue[ENDS_QUEUES];
    struct vwr_vqueue_entry own[ENDS_QUEUES * ENDS_QUEUE_SIZE];
    struct vwr_vmessage message[ENDS_CALLS];
    struct vwr_vseg seg[(ENDS_CALLS + 1) * 2 * ENDS_QUEUE_SIZE];
    uint8_t config[1024];

    struct vwr_mmio mmio;
    uint64_t driver_own[ENDS_QUEUES][VWR_REQUEST_OWN_BYTES(ENDS_QUEUE_SIZE, ENDS_BUFFERS) / 8 + 1];
    unsigned queues;
    struct vwr_receive_buffer buffer[ENDS_QUEUES][ENDS_BUFFERS];
    struct vwr_req request[ENDS_QUEUES][ENDS_BUFFERS];
    unsigned lanes;
    bool is_open;
} it;

/* ---- cases ---- */

void ends_begin(const char *what)
{
    ends.what = what;
    ends.failed = false;
    ends.cases++;
}

static void say_case(FILE *to)
{
    fprintf(to, "FAIL %s.%s.%s\n", ends_device.name,
            ends.message != NULL ? ends.message->name
            : ends.queue != NULL ? ends.queue->name
                                 : "device",
            ends.what);
}

bool ends_end(void)
{
    if (!ends.failed)
        return true;
    ends.failures++;
    say_case(stdout);
    return false;
}

static void fail(const char *file, int line, const char *text)
{
    const char *const name = strrchr(file, '/');

    if (!ends.failed)
        printf("%s:%d: set %u, %s: %s\n", name != NULL ? name + 1 : file, line, ends.set,
               ends.packed ? "packed" : "split", text);
    ends.failed = true;
}

void ends_same(const char *file, int line, const char *what, uint64_t got, uint64_t want)
{
    char text[200];

    if (got == want)
        return;
    snprintf(text, sizeof(text), "%s is 0x%llx, not 0x%llx", what, (unsigned long long)got,
             (unsigned long long)want);
    fail(file, line, text);
}

void ends_same_bytes(const char *file, int line, const char *what, const void *got, const void *want,
                     size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (((const uint8_t *)got)[i] != ((const uint8_t *)want)[i]) {
            char text[200];

            snprintf(text, sizeof(text), "%s: byte %zu of %zu is 0x%02x, not 0x%02x", what, i, n,
                     ((const uint8_t *)got)[i], ((const uint8_t *)want)[i]);
            fail(file, line, text);
            return;
        }
}

void ends_untouched(const void *p, size_t n)
{
    for (size_t i = 0; i < n && !ends.failed; i++)
        ENDS_SAME(((const uint8_t *)p)[i], ENDS_POISON);
}

/* ---- memory ---- */

struct vwr_queue_memory ends_queue_memory(size_t bytes)
{
    uint64_t *const own = it.driver_own[it.queues++];

    CHECK_AT_MOST(it.queues, ENDS_QUEUES);
    if (it.queues == ends.without_memory)
        return (struct vwr_queue_memory){NULL, 0, own, sizeof(it.driver_own[0]), ENDS_QUEUE_SIZE};
    return (struct vwr_queue_memory){ram_alloc_ring(bytes), bytes, own, sizeof(it.driver_own[0]),
                                     ENDS_QUEUE_SIZE};
}

struct vwr_receive_memory ends_receive_memory(void)
{
    const size_t bytes = it.queues == ends.with_small ? ends.small : (size_t)ENDS_BUFFERS * ENDS_BYTES;

    return (struct vwr_receive_memory){guest_alloc((size_t)ENDS_BUFFERS * ENDS_BYTES), bytes,
                                       it.buffer[it.lanes++], ENDS_BUFFERS};
}

struct vwr_transmit_memory ends_transmit_memory(void)
{
    return (struct vwr_transmit_memory){guest_alloc((size_t)ENDS_BUFFERS * ENDS_BYTES),
                                        (size_t)ENDS_BUFFERS * ENDS_BYTES, it.request[it.lanes++],
                                        ENDS_BUFFERS};
}

struct vwr_request_options ends_request_options(void)
{
    return (struct vwr_request_options){
        .timeout_us = 2000, .requests = ENDS_CALLS, .segments = ENDS_SEGMENTS};
}

void *ends_out(size_t at)
{
    return ends.out + at;
}

void *ends_in(size_t at)
{
    return ends.in + at;
}

void ends_expect(const struct ends_message *m)
{
    ends.message = m;
    ends.out_data = m->out.data;
    ends.in_room = m->back.data;
    ends.in_data = m->back.data;
    ends.result = VWR_OK;
    ends.blank = false;
    ends.calls = 0;
    ends.kept = NULL;
    ends.events = 0;
    ends.event_data = m->back.data;
    for (uint32_t i = 0; i < ENDS_BYTES; i++)
        ends.out[i] = ends_byte(&m->out, i);
    memset(ends.in, ENDS_POISON, ENDS_BYTES);
}

/* ---- functions called by a generated file ---- */

int ends_item(const char *name, uint64_t i)
{
    if (i == 0) {
        ends.calls++;
        ends.items = 0;
    }
    ENDS_SAME(strcmp(name, ends.message->name), 0);
    ENDS_SAME(i, ends.items++);
    return i < ends.message->items ? ends.result : VWR_EINVAL;
}

int ends_called(struct vwr_vmessage *x, const char *name)
{
    static uint8_t bytes[2 * ENDS_BYTES];
    uint8_t want[ENDS_BYTES];

    ends.calls++;
    ENDS_SAME(strcmp(name, ends.message->name), 0);
    ENDS_SAME(x->index, ends_index(ends.queue));
    for (uint32_t i = 0; i < ENDS_BYTES; i++)
        want[i] = ends_byte(&ends.message->out, i);
    ENDS_SAME(vwr_vmessage_read(x, bytes, sizeof(bytes)), ends.out_data);
    ENDS_SAME_BYTES(bytes, want, ends.out_data);
    for (uint32_t i = 0; i < ENDS_BYTES; i++)
        want[i] = ends_pattern(i);
    ENDS_SAME(x->in.left, ends.in_room);
    ENDS_SAME(vwr_vmessage_write(x, want, ends.in_data), ends.in_data);
    if (ends.result == VWR_LATER) {
        ends.kept = x;
        ends.ticket = vwr_vmessage_ticket(x);
    }
    return ends.result;
}

uint32_t ends_taken(const uint8_t *bytes, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        ends.taken_sum = ends.taken_sum * 31u + bytes[i];
    ends.taken += n;
    return n;
}

void ends_posted(void)
{
    ends.posted++;
}

void ends_written(int result, uint32_t bytes)
{
    ENDS_SAME(bytes, result == VWR_OK ? ends.in_data : 0);
}

void ends_polled(unsigned type, const uint8_t *data, uint32_t bytes)
{
    ends.events++;
    ENDS_SAME(type, ends.message->type);
    ENDS_SAME(bytes, ends.event_data);
    for (uint32_t i = 0; i < bytes && i < ends.message->back.data; i++)
        ENDS_SAME(data[i], ends_pattern(i));
}

uint16_t ends_index(const struct ends_queue *q)
{
    return q->index(ends_device.dev, q->number);
}

bool ends_has(uint64_t sets, unsigned set)
{
    return (sets >> set & 1u) != 0;
}

void ends_put(uint8_t *at, unsigned bytes, uint32_t value, bool big)
{
    for (unsigned i = 0; i < bytes; i++)
        at[big ? bytes - 1u - i : i] = (uint8_t)(value >> i * 8u);
}

void ends_put_unknown(const struct ends_unknown *u, uint8_t *form)
{
    const uint32_t others = vwr_bytes_number(form + u->at, u->bytes, u->big) & ~(u->mask << u->shift);

    ends_put(form + u->at, u->bytes, others | u->value << u->shift, u->big);
}

uint8_t ends_byte(const struct ends_half *half, uint32_t at)
{
    return at >= half->over_at && at < 0u + half->over_at + half->over_bytes ? half->over[at - half->over_at]
                                                                             : ends_pattern(at);
}

uint32_t ends_image(const struct ends_half *half, uint8_t *to)
{
    if (half->first != 0)
        memcpy(to, half->form, half->first);
    for (uint32_t i = 0; i < half->data; i++)
        to[half->first + i] = ends_byte(half, i);
    if (half->last != 0)
        memcpy(to + half->first + half->data, half->form + half->first, half->last);
    return 0u + half->first + half->data + half->last;
}

void ends_each(enum ends_kind kind, bool at_home, void (*run)(void))
{
    for (unsigned i = 0; i < ends_device.queues; i++)
        for (unsigned j = 0; j < ends_device.queue[i].messages; j++) {
            const struct ends_queue *const q = &ends_device.queue[i];

            if (q->kind != kind || q->number != 0 || (at_home && q->message[j].home != (int)ends.set))
                continue;
            ends.queue = q;
            ends_expect(&q->message[j]);
            run();
        }
    ends.message = NULL;
    ends.queue = NULL;
}

/* ---- the device and its driver ---- */

/* Offers a feature without those that it needs, as no correct device does. */
static void offer_unmet(struct vwr_features *own, const struct ends_rule *unmet)
{
    for (unsigned set = 0; set < ends_device.sets; set++)
        for (unsigned i = 0; i < ends_device.set[set].bits; i++)
            vwr_features_add(own, ends_device.set[set].bit[i]);
    for (unsigned i = 0; i < unmet->count; i++)
        vwr_features_remove(own, unmet->any[i]);
    vwr_features_add(own, unmet->feature);
}

static void set_up(struct vwr_vdev_setup *setup, struct vwr_features *own)
{
    const struct ends_set *const set = &ends_device.set[ends.set];

    *setup = (struct vwr_vdev_setup){.vm = &vmm, .line = ENDS_SLOT, .queue_count = ENDS_QUEUES};
    setup->queue = it.queue;
    setup->queue_size = ENDS_QUEUE_SIZE;
    setup->own = it.own;
    setup->own_count = VWR_COUNT(it.own);
    vwr_features_add(&setup->features, VWR_F_RING_RESET);
    if (ends.packed)
        vwr_features_add(&setup->features, VWR_F_RING_PACKED);
    vwr_features_clear(own);
    for (unsigned i = 0; ends.unmet == NULL && i < set->bits; i++)
        vwr_features_add(own, set->bit[i]);
    if (ends.unmet != NULL)
        offer_unmet(own, ends.unmet);
}

static void init_scripted(const struct vwr_vdev_setup *setup, const struct vwr_features *own)
{
    it.cls =
        (struct vwr_vdev_class){.name = ends_device.name, .id = ends_device.id, .serve = ends_serve_script};
    CHECK_AT_MOST(ends_device.config_bytes, sizeof(it.config));
    if (ends_device.config_bytes != 0)
        memcpy(it.config, ends_device.config, ends_device.config_bytes);
    for (unsigned i = 0; ends.limit != NULL && i < ends.limit->bytes; i++)
        it.config[ends.limit->at + i] = (uint8_t)(ends.limit->value >> i * 8u);
    CHECK_NUMBER(
        vwr_vdev_init(&it.scripted, &it.cls, setup, own, ENDS_QUEUES, it.config, ends_device.config_bytes),
        VWR_OK);
}

/* Before the driver of a service has started. */
static void drop_bit(const struct vwr_vdev *v, const struct ends_message *m)
{
    vwr_le32 *const number = (vwr_le32 *)(void *)((uint8_t *)v->config + m->bit_at);

    *number = vwr_cpu_to_le32(vwr_le32_to_cpu(*number) & ~m->bit);
}

static void put_states(const struct vwr_vdev *v, const struct ends_set *set)
{
    for (unsigned i = 0; ends.limit == NULL && i < set->states; i++) {
        const struct ends_state *const s = &set->state[i];

        for (unsigned n = 0; n < s->bytes; n++)
            ((uint8_t *)v->config)[s->at + n] = (uint8_t)(s->value >> n * 8u);
    }
}

static void init_device(enum ends_with with)
{
    const struct vwr_service_memory memory = {it.message, ENDS_CALLS, it.seg, VWR_COUNT(it.seg)};
    struct vwr_vdev_setup setup;
    struct vwr_features own;

    set_up(&setup, &own);
    if (with == ENDS_SCRIPT)
        init_scripted(&setup, &own);
    else
        CHECK_NUMBER(ends_device.init(&setup, &own, &memory, with == ENDS_EMPTY), VWR_OK);
    put_states(with == ENDS_SCRIPT ? &it.scripted : ends_device.dev, &ends_device.set[ends.set]);
    if (ends.without)
        drop_bit(ends_device.dev, ends.dropped);
    vmm_add(ENDS_SLOT, with == ENDS_SCRIPT ? &it.scripted : ends_device.dev);
}

/* Creates a device with these features, and the memory that its driver needs. */
static void plug(unsigned set, bool packed, enum ends_with with)
{
    ends.set = set;
    ends.packed = packed;
    ends.with = with;
    vmm_begin(false);
    vmm_may_break = true;
    memset(&it, 0, sizeof(it));
    init_device(with);
    ram_reset();
    ends.out = guest_alloc(ENDS_BYTES);
    ends.in = guest_alloc(ENDS_BYTES);
    ends.raw = guest_alloc((size_t)2 * ENDS_BYTES);
    CHECK_NUMBER(vwr_mmio_probe(&it.mmio, vmm_registers(ENDS_SLOT), VWR_MMIO_SIZE), VWR_OK);
    vwr_dev_want(&it.mmio.dev, VWR_F_IN_ORDER);
}

void ends_open(unsigned set, bool packed, enum ends_with with)
{
    unsigned lacking = 0;

    plug(set, packed, with);
    CHECK_NUMBER(ends_device.open(&it.mmio.dev), VWR_OK);
    it.is_open = true;
    CHECK(ends_device.has(VWR_F_VERSION_1));
    while (lacking < 32 * VWR_FEATURE_WORDS && ends_device.has(lacking))
        lacking++;
    CHECK(lacking < 32 * VWR_FEATURE_WORDS); /* no device has all */
    if (ends_device.read_info != NULL)
        CHECK_NUMBER(ends_device.read_info(), VWR_OK);
    for (unsigned i = 0; ends.unmet == NULL && i < ends_device.set[set].bits; i++)
        CHECK(vwr_dev_has(&it.mmio.dev, ends_device.set[set].bit[i]));
}

/* The client's result for a device with that value, and the result of the VMM's write_config with it. */
static void limit(unsigned set, const struct ends_limit *l)
{
    const bool there = ends_has(l->sets, set);
    struct vwr_vdev_setup setup;
    struct vwr_features own;
    int r;

    ends_begin(l->field);
    ends.limit = l;
    plug(set, false, ENDS_SCRIPT);
    r = ends_device.open(&it.mmio.dev);
    it.is_open = r == VWR_OK;
    ENDS_SAME((unsigned)-r, there ? (unsigned)-VWR_EPROTO : VWR_OK);
    ENDS_SAME(it.mmio.dev.fault.kind, there ? VWR_FAULT_CONFIG_VALUE : VWR_FAULT_NONE);
    if (there) {
        ENDS_SAME(it.mmio.dev.fault.where, l->at);
        ENDS_SAME(it.mmio.dev.fault.got, l->value);
    }
    ends_close();
    ends.limit = NULL;
    set_up(&setup, &own);
    ENDS_SAME((unsigned)-ends_device.write_config(l, &own), there ? (unsigned)-VWR_EINVAL : VWR_OK);
    ENDS_SAME((unsigned)-ends_device.write_config(NULL, &own), VWR_OK);
    (void)ends_end();
}

void ends_limits(void)
{
    for (unsigned set = 0; set < ends_device.sets; set++)
        for (unsigned i = 0; i < ends_device.limits; i++)
            limit(set, &ends_device.limit[i]);
}

void ends_unmet(void)
{
    for (unsigned i = 0; i < ends_device.rule_count; i++) {
        ends.unmet = &ends_device.rules[i];
        ends_begin("dependency");
        ends_open(0, ends.packed, ENDS_SCRIPT);
        ENDS_SAME(vwr_features_have(&it.mmio.dev.offered, ends.unmet->feature), true);
        ENDS_SAME(vwr_dev_has(&it.mmio.dev, ends.unmet->feature), false);
        (void)ends_end();
        ends_close();
    }
    ends.unmet = NULL;
}

/* A driver of another device type. */
static void refused_type(void)
{
    plug(0, false, ENDS_SCRIPT);
    ends_begin("another_type");
    it.mmio.dev.type++;
    ENDS_SAME(ends_device.open(&it.mmio.dev) < 0, true);
    ENDS_SAME(it.mmio.dev.fault.kind, VWR_FAULT_TYPE);
    (void)ends_end();
}

/* A driver without memory for one of its queues, and the same driver with it. */
static void refused_queue(unsigned number)
{
    const uint64_t sets = ends_device.queue[number].sets;
    unsigned set = 0;

    if (sets == 0) /* it needs a feature that no driver accepts */
        return;
    while (!ends_has(sets, set))
        set++;
    plug(set, false, ENDS_SCRIPT);
    ends_begin("no_memory");
    ends.without_memory = number + 1u;
    ENDS_SAME((unsigned)-ends_device.open(&it.mmio.dev), (unsigned)-VWR_ENOMEM);
    (void)ends_end();
    ends.without_memory = 0;
}

/* A driver whose buffers are too small for what the device sends, and the same driver with the smallest. */
static void refused_buffers(unsigned number)
{
    const struct ends_queue *const q = &ends_device.queue[number];
    unsigned set = 0;

    if (q->receive == NULL || q->sets == 0)
        return;
    while (!ends_has(q->sets, set))
        set++;
    ends_begin("small_buffers");
    ends.with_small = number + 1u;
    ends.small = ENDS_BUFFERS * ((q->least + VWR_PORT_DMA_ALIGN - 1u) & ~(VWR_PORT_DMA_ALIGN - 1u)) - 1u;
    plug(set, false, ENDS_SCRIPT);
    ENDS_SAME(ends_device.open(&it.mmio.dev) < 0, true);
    ENDS_SAME(it.mmio.dev.fault.kind, VWR_FAULT_QUEUE_BUFFERS);
    ends.small++;
    ENDS_SAME(it.mmio.dev.fault.got, ends.small);
    plug(set, false, ENDS_SCRIPT);
    ENDS_SAME((unsigned)-ends_device.open(&it.mmio.dev), VWR_OK);
    it.is_open = true;
    ends_close();
    ends.with_small = 0;
    (void)ends_end();
}

/* A device without memory for its queues. */
static void refused_setup(void)
{
    const struct vwr_service_memory memory = {it.message, ENDS_CALLS, it.seg, VWR_COUNT(it.seg)};
    struct vwr_vdev_setup setup;
    struct vwr_features own;

    set_up(&setup, &own);
    setup.own_count = 0;
    ends_begin("no_memory");
    ENDS_SAME((unsigned)-ends_device.init(&setup, &own, &memory, false), (unsigned)-VWR_ENOMEM);
    (void)ends_end();
}

void ends_refused(void)
{
    refused_type();
    for (unsigned i = 0; i < ends_device.queues; i++) {
        refused_queue(i);
        refused_buffers(i);
    }
    refused_setup();
}

void ends_close(void)
{
    if (it.is_open)
        (void)ends_device.close();
    it.is_open = false;
}

void ends_restart(void)
{
    const struct ends_message *const m = ends.message;

    ends_close();
    ends.message = NULL; /* as in ends_reopen */
    CHECK_NUMBER(vwr_mmio_probe(&it.mmio, vmm_registers(ENDS_SLOT), VWR_MMIO_SIZE), VWR_OK);
    vwr_dev_want(&it.mmio.dev, VWR_F_IN_ORDER);
    CHECK_NUMBER(ends_device.open(&it.mmio.dev), VWR_OK);
    it.is_open = true;
    ends_expect(m);
}

void ends_reopen(void)
{
    const struct ends_message *const m = ends.message;

    ends_close();
    ends.dropped = m;
    ends.message = NULL; /* nothing is in flight until the driver runs */
    ends_open(ends.set, ends.packed, ends.with);
    ends.message = m;
}

void ends_set_bit(bool there)
{
    ends.without = !there;
    ends_reopen();
    ends_expect(ends.message);
}

static void fatal(void)
{
    ends.failures++;
    say_case(stdout);
    fflush(stdout);
}

void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static void crashed(int number)
{
    (void)number;
    fatal();
    _exit(1);
}

/* ends_NAME */
/* Each message and event of a client that is zeroed, like static memory is, and was not opened. */
static void unopened(void)
{
    static uint8_t memory[2][ENDS_BYTES];

    ends.out = memory[0];
    ends.in = memory[1];
    for (unsigned i = 0; i < ends_device.queues; i++)
        for (unsigned k = 0; k < ends_device.queue[i].messages; k++) {
            ends.queue = &ends_device.queue[i];
            ends.message = &ends.queue->message[k];
            ends_begin("unopened");
            ENDS_SAME(ends.message->call(ends.queue->kind == ENDS_EVENT ? ENDS_POLL : ENDS_DO) < 0, true);
            if (ends.queue->kind == ENDS_REQUEST)
                ENDS_SAME(ends.message->call(ENDS_SUBMIT) < 0, true);
            (void)ends_end();
        }
    ends.queue = NULL;
    ends.message = NULL;
    ends_begin("unopened");
    ENDS_SAME(ends_device.close() < 0, true);
    ENDS_SAME(ends_device.has(VWR_F_VERSION_1), false);
    if (ends_device.read_info != NULL)
        ENDS_SAME(ends_device.read_info() < 0, true);
    (void)ends_end();
}

int main(void)
{
    check_clean_up = fatal;
    if (__sanitizer_set_death_callback != NULL)
        __sanitizer_set_death_callback(fatal);
    else
        (void)signal(SIGSEGV, crashed);
    unopened();
    ram_open(true);
    for (unsigned packed = 0; packed < KINDS; packed++)
        for (unsigned set = 0; set < ends_device.sets; set++) {
            ends_open(set, packed != 0, ENDS_SERVICE);
            ends_pair();
            ends_service();
            ends_hooks(true);
            ends_close();
            ends_open(set, packed != 0, ENDS_EMPTY);
            ends_empty();
            ends_hooks(false);
            ends_close();
            ends_open(set, packed != 0, ENDS_SCRIPT);
            ends_client();
            ends_close();
        }
    ends_limits();
    ends_unmet();
    ends_refused();
    printf("%s: %u %s of features, %u messages sent, %u cases, %u failed\n", ends_device.name,
           ends_device.sets, ends_device.sets == 1 ? "set" : "sets", ends.sent, ends.cases, ends.failures);
    return ends.failures != 0;
}
