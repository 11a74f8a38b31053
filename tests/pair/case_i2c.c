/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "ram.h"
#include "suspend.h"
#include "vmm.h"

#include "vwr/i2c.h"
#include "vwr/vi2c.h"
#include "../common/random.h"

#include <stdio.h>
#include <string.h>

/*
 * A bus with two memories, one of them with an address of 10 bits. The first byte of a write is where the
 * memory writes or reads next. Transfers of one to eight messages at random are compared with a copy; some
 * fail in the middle, after which nothing of that transfer reaches the bus. The function of the VMM answers
 * at once, or later. The device is suspended, and fails with messages in flight.
 */

#define SLOT 2u
#define QUEUE_SIZE 16u /* less than the longest transfer needs */
#define MEMORY 0x50u
#define TEN (VWR_I2C_TEN_BIT | 0x2a5u)
#define NOBODY 0x51u
#define BYTES 256u
#define LONGEST 64u   /* of a message */
#define TRANSFERS 12u /* multiplied by scale */

struct target {
    uint8_t byte[BYTES];
    uint8_t at;
};

static struct {
    struct vwr_vi2c device;
    struct vwr_vqueue queue[VWR_VI2C_QUEUES];
    struct vwr_vqueue_entry own[VWR_VI2C_QUEUES * QUEUE_SIZE];
    uint8_t data[LONGEST];
    union vmm_end end;
    struct vwr_i2c driver;
    struct vwr_i2c_shared *shared;
    struct vwr_features avoid;
    struct target bus[2], copy[2];
    uint8_t *buffer[VWR_I2C_MESSAGES];
    struct vwr_vi2c_message late;
    uint64_t ticket; /* 0: nothing waits for the VMM */
    unsigned executed, failed;
    bool answers_late;
    bool silent; /* the VMM does not answer */
} io;

static uint64_t state;

/* ---- the bus ---- */

static struct target *target_of(struct target *targets, uint16_t address)
{
    return address == MEMORY ? &targets[0] : address == TEN ? &targets[1] : NULL;
}

static int move(struct target *t, uint8_t *data, uint32_t n, bool read)
{
    if (t == NULL)
        return VWR_ENODEV;
    if (!read && n != 0)
        t->at = data[0];
    for (uint32_t i = read ? 0 : 1; i < n; i++, t->at++)
        if (read)
            data[i] = t->byte[t->at];
        else
            t->byte[t->at] = data[i];
    return VWR_OK;
}

static int execute(uint8_t *data, const struct vwr_vi2c_message *m)
{
    io.executed++;
    return move(target_of(io.bus, m->address), data, m->bytes, m->read);
}

static int transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    CHECK(v == &io.device && m->data == io.data && m->bytes <= LONGEST);
    CHECK(io.ticket == 0 || vmm_accessed != NULL); /* or a load has made it void */
    io.ticket = 0;
    if (!io.silent && (!io.answers_late || random_below(&state, 2) == 0))
        return execute(m->data, m);
    io.late = *m;
    io.ticket = vwr_vi2c_ticket(v);
    return VWR_LATER;
}

static bool answer_late(void)
{
    uint8_t bytes[LONGEST];
    const uint64_t ticket = io.ticket;
    int r;

    if (ticket == 0 || io.silent || io.device.message.is_back) /* a load made the ticket void */
        return false;
    memcpy(bytes, io.late.data, io.late.bytes);
    r = execute(bytes, &io.late);
    io.ticket = 0;
    vwr_vi2c_done(&io.device, ticket, r, bytes);
    return true;
}

/* ---- the guest ---- */

/* Executes the messages on the copy; returns how many succeed. Data read are in `wanted`. */
static unsigned model(const struct vwr_i2c_message *m, unsigned count, uint8_t wanted[][LONGEST])
{
    for (unsigned i = 0; i < count; i++) {
        if (!m[i].read)
            memcpy(wanted[i], m[i].data, m[i].bytes);
        if (move(target_of(io.copy, m[i].address), wanted[i], (uint32_t)m[i].bytes, m[i].read) != VWR_OK)
            return i;
    }
    return count;
}

static unsigned choose(struct vwr_i2c_message *m)
{
    const unsigned count = 1 + random_below(&state, VWR_I2C_MESSAGES);

    for (unsigned i = 0; i < count; i++) {
        const unsigned who = random_below(&state, 20);

        m[i] = (struct vwr_i2c_message){.data = io.buffer[i],
                                        .bytes = random_below(&state, LONGEST + 1),
                                        .address = who == 0   ? NOBODY
                                                   : who < 10 ? MEMORY
                                                              : TEN,
                                        .read = random_below(&state, 2) != 0};
        for (size_t k = 0; k < m[i].bytes; k++)
            io.buffer[i][k] = m[i].read ? 0xee : (uint8_t)random_below(&state, 256);
    }
    return count;
}

static void transfer_some(void)
{
    static uint8_t wanted[VWR_I2C_MESSAGES][LONGEST];
    struct vwr_i2c_message m[VWR_I2C_MESSAGES];
    const unsigned count = choose(m), executed = io.executed;
    const unsigned good = model(m, count, wanted);
    const int r = vwr_i2c_transfer(&io.driver, m, count);

    CHECK_NUMBER(r, good == count ? VWR_OK : VWR_EIO);
    CHECK_NUMBER(io.driver.done, good);
    CHECK_NUMBER(io.executed - executed, good + (good < count)); /* the others do not reach the bus */
    for (unsigned i = 0; i < good; i++)
        CHECK(memcmp(m[i].data, wanted[i], m[i].bytes) == 0);
    io.failed += good < count;
    CHECK(memcmp(io.bus, io.copy, sizeof(io.bus)) == 0);
}

static void open_driver(void)
{
    struct vwr_i2c_options o = {.avoid = io.avoid, .request.timeout_us = 5000};

    ram_reset();
    io.shared = o.shared = ram_alloc_ring(sizeof(*o.shared));
    for (unsigned i = 0; i < VWR_I2C_MESSAGES; i++)
        io.buffer[i] = ram_alloc_ring(LONGEST);
    CHECK_NUMBER(vmm_find(&io.end, SLOT), VWR_OK);
    CHECK_NUMBER(vwr_i2c_open(&io.driver, &io.end.dev, &o), VWR_OK);
}

/* What the calls say that send nothing, or one or two messages. */
static void simple_calls(void)
{
    struct vwr_i2c_message m[VWR_I2C_MESSAGES + 1] = {{io.buffer[0], 1, MEMORY, false}};
    uint8_t *const out = io.buffer[0], *const in = io.buffer[1];

    out[0] = 7;
    out[1] = 99;
    CHECK_NUMBER(vwr_i2c_write(&io.driver, MEMORY, out, 2), VWR_OK);
    CHECK_NUMBER(vwr_i2c_write_read(&io.driver, MEMORY, out, 1, in, 1), VWR_OK);
    CHECK_NUMBER(in[0], 99);
    CHECK_NUMBER(vwr_i2c_read(&io.driver, MEMORY, in, 1), VWR_OK); /* byte 8 */
    CHECK_NUMBER(vwr_i2c_write(&io.driver, MEMORY, NULL, 0), VWR_OK);
    CHECK_NUMBER(vwr_i2c_read(&io.driver, TEN, NULL, 0), VWR_OK);
    CHECK_NUMBER(vwr_i2c_write(&io.driver, NOBODY, NULL, 0), VWR_EIO);
    CHECK_NUMBER(vwr_i2c_read(&io.driver, MEMORY, io.buffer[2], LONGEST), VWR_OK);
    CHECK_NUMBER(vwr_i2c_transfer(&io.driver, m, 0), VWR_EINVAL);
    CHECK_NUMBER(vwr_i2c_transfer(&io.driver, m, VWR_I2C_MESSAGES + 1), VWR_EINVAL);
    CHECK_NUMBER(vwr_i2c_write(&io.driver, 0x80, NULL, 0), VWR_EINVAL);
    CHECK_NUMBER(vwr_i2c_write(&io.driver, VWR_I2C_TEN_BIT | 0x400, NULL, 0), VWR_EINVAL);
    memcpy(io.copy, io.bus, sizeof(io.copy));
}

/* More data than the VMM takes. */
static void too_long(void)
{
    uint8_t *const data = ram_alloc_ring(LONGEST + 2);
    const struct vwr_i2c_message m[2] = {{data, LONGEST + 1, MEMORY, true},
                                         {data + LONGEST + 1, 1, MEMORY, false}};
    const unsigned executed = io.executed;

    CHECK_NUMBER(vwr_i2c_transfer(&io.driver, m, 2), VWR_EIO);
    CHECK_NUMBER(io.executed, executed);
}

static void fail_and_recover(void)
{
    char text[200];
    int r;

    io.silent = true;
    CHECK_NUMBER(vwr_i2c_read(&io.driver, MEMORY, io.buffer[0], 4), VWR_ETIMEOUT);
    (void)vwr_i2c_explain(&io.driver, text, sizeof(text));
    CHECK_TEXT(text, "no answer");
    while ((r = vwr_recover(&io.driver.client.bringup, &vwr_i2c_bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    io.silent = false;
    (void)answer_late(); /* too late: it has no effect */
    CHECK_NUMBER(vwr_vi2c_dev(&io.device)->stats.late, 1);
    memcpy(io.copy, io.bus, sizeof(io.copy)); /* the target has sent its bytes */
}

static void run_bus(unsigned kind, bool deferred, unsigned transfers)
{
    const struct vwr_vi2c_options o = {.transfer = transfer, .data = io.data, .data_bytes = LONGEST};
    struct vwr_vdev_setup s = {
        .vm = &vmm, .line = SLOT, .queue = io.queue, .queue_count = VWR_VI2C_QUEUES, .own = io.own};

    vmm_begin(deferred);
    memset(&io, 0, sizeof(io));
    io.answers_late = deferred;
    s.queue_size = QUEUE_SIZE;
    s.own_count = VWR_COUNT(io.own);
    s.legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s.features, kind);
    disk_avoid(&io.avoid, kind);
    CHECK_NUMBER(vwr_vi2c_init(&io.device, &s, &o), VWR_OK);
    vmm_add(SLOT, vwr_vi2c_dev(&io.device));
    vmm_work = answer_late;
    open_driver();
    disk_check_features(&io.end.dev, vwr_vi2c_dev(&io.device), kind);
    simple_calls();
    too_long();
    for (unsigned i = 0; i < transfers; i++) {
        transfer_some();
        if (random_below(&state, 16) == 0)
            suspend_check(&io.end.dev, vwr_vi2c_dev(&io.device));
        if (i == transfers / 2)
            fail_and_recover();
    }
    CHECK_NUMBER(vwr_i2c_close(&io.driver), VWR_OK);
    vmm_work = NULL;
    printf("%s i2c%s: %u messages, %u transfers failed\n", disk_kind_name(kind), deferred ? " deferred" : "",
           io.executed, io.failed);
}

void case_i2c(unsigned kind, unsigned scale)
{
    state = kind;
    run_bus(kind, false, TRANSFERS * scale);
    run_bus(kind, true, TRANSFERS * scale);
}
