/* SPDX-License-Identifier: MIT */
#include "state_folder.h"
#include "state_world.h"

#include <string.h>

/*
 * The effects of loading a saved state, class by class: what the guest sees, what the VMM is notified of,
 * what
 * is processed again.
 */

/* The VMM is told which ports the driver has opened. */
static void opens_ports_again(void **unused)
{
    static uint8_t state[STATE_BYTES];
    struct vwr_vstate s;

    (void)unused;
    plug(CONSOLE, false, false);
    s = state_in(state, save(state));
    state[class_at(state) + sizeof(struct vwr_state_console)] = VWR_STATE_PORT_GUEST_OPEN;
    reset();
    assert_false(all.port[0].guest_open);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_true(all.port[0].guest_open && !all.port[1].guest_open);
    unplug();
}

/* ---- what the VMM is notified of ---- */

/* A VMM without hooks is notified of nothing, and the device is the same. */
static void loads_without_hooks(void **unused)
{
    static const unsigned of[] = {GPIO, RTC, GPU, BALLOON, SOUND, INPUT, INPUT, MEM};
    static uint8_t memory[STATE_BYTES], again[STATE_BYTES];
    struct vwr_vstate s;

    (void)unused;
    for (unsigned i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
        without_hooks = 1 + (i == 6);
        plug(of[i], false, true);
        s = state_in(memory, save(memory));
        reset();
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
        all.g.dev->interrupt = 0; /* which the start raises */
        assert_int_equal(save(again), s.bytes);
        assert_memory_equal(again + class_at(again), memory + class_at(memory), s.bytes - class_at(memory));
        assert_true(all.timers == 0 && all.shown == 0 && all.leds == 0 && all.released == 0 &&
                    all.plugged == 0);
        unplug();
    }
    without_hooks = 0;
}

/* A device that was saved and continues reports nothing, and its next state is the same. */
static void tells_once(void **unused)
{
    static const unsigned of[] = {RTC, BALLOON, VSOCK, MEM};
    static uint8_t memory[STATE_BYTES], again[STATE_BYTES];
    struct vwr_vstate s;

    (void)unused;
    for (unsigned i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
        plug(of[i], false, false);
        all.g.dev->interrupt = 0;
        s = state_in(memory, save(memory));
        vwr_vm_restart(&all.g.vm, &s);
        assert_true(all.timers == 0 && all.released == 0 && !all.vsock.to_tell);
        all.g.dev->interrupt = 0; /* which the restart raises */
        assert_int_equal(save(again), s.bytes);
        assert_memory_equal(again, memory, s.bytes);
        reset();
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
        assert_int_equal(all.timers, of[i] == RTC);
        assert_int_equal(all.released != 0, of[i] == BALLOON);
        assert_int_equal(all.plugged, of[i] == MEM ? 3 * MEM_BLOCK : 0);
        assert_int_equal(all.vsock.to_tell, of[i] == VSOCK);
        unplug();
    }
}

/* Loads a state of a screen with a cursor, with a different value in one number. */
static int load_cursor(const uint8_t *state, size_t bytes, size_t field, uint8_t value)
{
    static uint8_t memory[LARGE_BYTES];
    struct vwr_vstate s = state_in(memory, bytes);

    memcpy(memory, state, bytes);
    memory[class_at(memory) + sizeof(struct vwr_state_gpu) + field] = value;
    reset();
    all.cursors = 0;
    return vwr_vm_load(&all.g.vm, &s);
}

/* A cursor is shown again, with its hot spot, which lies within it. */
static void shows_cursor_again(void **unused)
{
    static uint8_t state[LARGE_BYTES];
    struct vwr_gpu_resource_create_2d create = {0};
    struct vwr_gpu_update_cursor update = {0};
    struct vwr_vstate s = state_in(state, sizeof(state));
    const struct guest_desc d = {GUEST_DATA, sizeof(update), 0, 0};

    (void)unused;
    large = true;
    plug(GPU, false, true);
    vwr_vgpu_done(&all.gpu, all.flush.ticket, VWR_OK);
    create.hdr.type = vwr_cpu_to_le32(VWR_GPU_CMD_RESOURCE_CREATE_2D);
    create.resource_id = update.resource_id = vwr_cpu_to_le32(RESOURCE + 1);
    create.format = vwr_cpu_to_le32(VWR_GPU_FORMAT_B8G8R8A8_UNORM);
    create.width = create.height = vwr_cpu_to_le32(64);
    command(&create, sizeof(create));
    update.hdr.type = vwr_cpu_to_le32(VWR_GPU_CMD_UPDATE_CURSOR);
    update.hot_x = vwr_cpu_to_le32(5);
    update.hot_y = vwr_cpu_to_le32(63);
    memcpy(guest_at(&all.g, d.addr, d.len), &update, sizeof(update));
    hostile_send(&all.g, VWR_GPU_QUEUE_CURSORQ, &d, 1);
    assert_int_equal(all.cursors, 1);
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_OK);
    assert_int_equal(load_cursor(state, s.done, offsetof(struct vwr_state_screen, hot_y), 64), VWR_EPROTO);
    assert_int_equal(load_cursor(state, s.done, offsetof(struct vwr_state_screen, hot_x), 64), VWR_EPROTO);
    assert_int_equal(all.cursors, 0);
    memset(&all.cursor, 0, sizeof(all.cursor));
    assert_int_equal(load_cursor(state, s.done, offsetof(struct vwr_state_screen, hot_x), 5), VWR_OK);
    assert_int_equal(all.cursors, 1);
    assert_true(all.cursor.scanout == 0 && all.cursor.hot_x == 5 && all.cursor.hot_y == 63);
    assert_int_equal(all.cursor.image.width, 64);
    unplug();
    large = false;
}

/*
 * Pages that belong only to the VMM: for a driver that reports before it takes one back; otherwise there are
 * none.
 */
static void takes_pages_for_itself(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;

    (void)unused;
    exclusive = true;
    for (unsigned i = 0; i < 4; i++) {
        const bool has = i % 2 != 0;

        tells_nothing = i >= 2;
        plug(BALLOON, false, false);
        if (!has)
            all.map[0] = 0;
        s = state_in(memory, save(memory));
        reset();
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), has && tells_nothing ? VWR_EPROTO : VWR_OK);
        assert_int_equal(all.released, has && !tells_nothing ? VWR_VBALLOON_PAGE : 0);
        assert_int_equal(all.g.vm.memory.balloon != NULL, has && !tells_nothing);
        unplug();
    }
    exclusive = tells_nothing = false;
}

/* ---- the device goes on ---- */

/* A device that was loaded raises its line, and sends each of its requests to the back end again. */
static void goes_on_without(uint8_t status, bool legacy)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;

    plug(DISK, legacy, false);
    all.g.dev->status &= (uint8_t)~status;
    s = state_in(memory, save(memory));
    assert_int_equal(all.drains, 1);
    vwr_vm_restart(&all.g.vm, &s); /* the one that was saved goes on too */
    assert_int_equal(vwr_vblk_in_flight(&all.disk), HELD);
    reset();
    all.g.irq = false;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_true(all.g.irq);
    assert_int_equal(vwr_vblk_in_flight(&all.disk), HELD);
    for (unsigned i = 0; i < REQUESTS; i++)
        if (all.req[i].ticket != 0)
            vwr_vblk_done(&all.req[i], all.req[i].ticket, VWR_OK);
    vwr_vblk_signal(&all.disk);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), 0);
    for (unsigned i = 0; i < HELD; i++) {
        uint32_t id, len;

        assert_true(guest_used(&all.g, 0, &id, &len));
        assert_int_equal(len, 513);
    }
    unplug();
}

static void goes_on(void **unused)
{
    (void)unused;
    goes_on_without(0, false);
}

/* A legacy driver may use its queues before it sets DRIVER_OK. */
static void goes_on_before_driver_ok(void **unused)
{
    (void)unused;
    goes_on_without(VWR_STATUS_DRIVER_OK, true);
}

/*
 * A message that the VMM holds is returned, and its function is called again; the previous ticket is invalid.
 */
static void asks_again(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;
    uint64_t ticket;

    (void)unused;
    plug(I2C, false, false);
    memset(guest_at(&all.g, GUEST_DATA + 0x1000, 512 * HELD), 0xa5, 512 * HELD);
    ticket = all.ticket;
    assert_true(ticket != 0);
    s = state_in(memory, save(memory));
    vwr_vi2c_done(&all.i2c, ticket, VWR_OK, NULL);
    assert_int_equal(all.g.dev->stats.late, 1);
    vwr_vm_restart(&all.g.vm, &s); /* the one that was saved goes on too */
    assert_true(all.ticket != ticket);
    reset();
    all.ticket = 0;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_true(all.ticket != 0);
    for (uint8_t i = 0; i < HELD; i++) {
        assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), 1);
        vwr_vi2c_done(&all.i2c, all.ticket, VWR_OK, NULL);
        assert_int_equal(*(const uint8_t *)guest_at(&all.g, GUEST_DATA + 0x1000 + 512u * i, 1),
                         VWR_I2C_MSG_OK);
    }
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), 0);
    unplug();
}

static bool is_unmasked(unsigned line)
{
    return vwr_service_kept(&all.gpio.service.service, &all.line[line]) != NULL;
}

/* Interrupts are unmasked as before, and `changed` is called for the lines. */
static void interrupts_again(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;
    uint32_t id, len;

    (void)unused;
    plug(GPIO, false, false);
    s = state_in(memory, save(memory));
    vwr_vm_restart(&all.g.vm, &s); /* not for lines that were not loaded */
    assert_true(all.changes == 0 && is_unmasked(0) && is_unmasked(1));
    assert_int_equal(save(memory), s.bytes);
    reset();
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_int_equal(all.changes, 7);
    assert_true(is_unmasked(0) && is_unmasked(1) && all.line[2].pending);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[VWR_GPIO_QUEUE_EVENTQ]), 2);
    vwr_vgpio_input(&all.gpio, 1, true);
    assert_true(guest_used(&all.g, VWR_GPIO_QUEUE_EVENTQ, &id, &len));
    assert_int_equal(*(const uint8_t *)guest_at(&all.g, GUEST_DATA + 0x4001, 1), VWR_GPIO_IRQ_STATUS_VALID);
    assert_true(is_unmasked(0));
    unplug();
}

/* Each of the interrupts takes the budget of a call; the others follow with the next calls. */
static void interrupts_in_budgets(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;

    (void)unused;
    plug(GPIO, false, false);
    s = state_in(memory, save(memory));
    reset();
    all.g.dev->budget_bytes = 1;
    all.g.again = 0;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    for (unsigned i = 0; i < 4 && all.g.again != 0; i++) {
        all.g.again = 0;
        vwr_vdev_serve(all.g.dev, VWR_GPIO_QUEUE_EVENTQ);
    }
    assert_true(is_unmasked(0) && is_unmasked(1));
    unplug();
}

/* A screen shows the same pixels; all of them are flushed, followed by the command that the VMM held. */
static void shows_again(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;
    uint64_t ticket;

    (void)unused;
    plug(GPU, false, true);
    s = state_in(memory, save(memory));
    ticket = all.flush.ticket;
    reset();
    memset(all.image, 0xa5, sizeof(all.image));
    all.shown = 0;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_int_equal(all.shown, 1);
    assert_true(all.flush.ticket != 0 && all.flush.ticket != ticket && all.flush.area.width == 1);
    assert_int_equal(all.image[5], 0x33);
    assert_int_equal(all.gpu.resource[0].backing.count, 2);
    vwr_vgpu_done(&all.gpu, all.flush.ticket, VWR_OK);
    assert_int_equal(hostile_take(&all.g, 0), sizeof(struct vwr_gpu_ctrl_hdr));
    unplug();
}

/* Sessions are created anew, with their keys; without memory for keys the device is not saved. */
static void creates_sessions(void **unused)
{
    static uint8_t memory[STATE_BYTES], nothing[STATE_BYTES];
    uint8_t *const keys = all.keys;
    struct vwr_vstate s, empty;

    (void)unused;
    plug(CRYPTO, false, false);
    s = state_in(memory, STATE_BYTES);
    all.crypto.options.keys = NULL;
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_EINFLIGHT);
    all.crypto.options.keys = keys;
    s = state_in(memory, save(memory));
    reset();
    assert_int_equal(all.living, 0);
    all.crypto.options.keys = NULL;
    empty = state_in(nothing, STATE_BYTES);
    assert_int_equal(vwr_vm_save(&all.g.vm, &empty), VWR_OK); /* there is none to be kept */
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
    assert_int_equal(all.living, 0);
    all.crypto.options.keys = keys;
    for (unsigned i = 0; i < sizeof(all.keys); i++)
        assert_int_equal(keys[i], 0);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_int_equal(all.living, 1);
    assert_int_equal(all.session[SESSIONS - 1].id >> 16, 3);
    assert_int_equal(all.crypto.free, 0);
    assert_int_equal(keys[sizeof(all.keys) - 1], 0x5a);
    unplug();
}

/* The VMM receives the pages of the balloon again, but not those of a state that is refused. */
static void takes_pages_again(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;
    size_t bytes;

    (void)unused;
    plug(BALLOON, false, false);
    bytes = save(memory);
    reset();
    assert_int_equal(all.map[0], 0);
    assert_in_range(all.balloon.words, 1, MAP - 1);
    for (unsigned i = all.balloon.words; i < MAP; i++) /* no memory has these bits */
        all.map[i] = UINT32_MAX;
    s = state_in(memory, bytes + 1u);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
    assert_int_equal(all.map[0], 0);
    assert_true(all.released == 0 && all.returned == 0);
    s = state_in(memory, bytes);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_int_equal(all.released, 2 * VWR_VBALLOON_PAGE);
    assert_int_equal(all.balloon.gone, 2 * VWR_VBALLOON_PAGE);
    unplug();
}

/* A bit in the bitmap that does not correspond to a page: a region that does not fill its last word. */
static uint32_t no_page(void)
{
    uint32_t words = 0;

    for (uint32_t i = 0; i < all.g.vm.memory.region_count; i++) {
        const uint64_t bytes = all.g.vm.memory.region[i].bytes;

        words += (uint32_t)VWR_VBALLOON_WORDS(bytes);
        if (bytes / VWR_VBALLOON_PAGE % 32u != 0)
            return 32u * words - 1u;
    }
    fail_msg("each region fills its last word");
    return 0;
}

/* A balloon's state with a bit that does not correspond to a page is refused. */
static void takes_pages_alone(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;
    uint32_t bit;

    (void)unused;
    plug(BALLOON, false, false);
    bit = no_page();
    all.map[bit / 32u] |= (uint32_t)1 << bit % 32u;
    all.map[bit / 32u + 1] |= 1; /* a page behind it */
    s = state_in(memory, save(memory));
    reset();
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
    assert_int_equal(all.released, 0);
    unplug();
}

/* The driver receives the rest of a group, and `status` is called again for each LED that is on. */
static void goes_on_typing(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;

    (void)unused;
    plug(INPUT, false, false);
    s = state_in(memory, save(memory));
    reset();
    memset(all.fifo, 0xa5, sizeof(all.fifo));
    all.leds = 0;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_int_equal(all.leds, 1u << VWR_LED_CAPSL);
    assert_true(all.input.torn && all.input.end == 2 && all.input.next == 3);
    assert_int_equal(all.fifo[0].code, VWR_KEY_A + 2);
    assert_true(vwr_vinput_event(&all.input, VWR_EV_SYN, VWR_SYN_REPORT, 0));
    assert_int_equal(all.input.end, 4);
    unplug();
}

/* Saves the device, and loads the state into it. */
static void save_and_load(void)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s = state_in(memory, save(memory));

    reset();
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
}

static void check_used(unsigned queue, uint32_t expected)
{
    uint32_t id, len;

    assert_true(guest_used(&all.g, queue, &id, &len));
    assert_int_equal(len, expected);
}

/* The oldest request is sent first, although others have been made available for a whole lap of the ring. */
static void keeps_order(void **unused)
{
    (void)unused;
    any_order = true;
    for (unsigned packed = 0; packed < 2; packed++) {
        plug(DISK, false, packed != 0);
        for (unsigned i = 0; i < OTHERS; i++) {
            for (unsigned r = 0; r < REQUESTS; r++)
                if (all.req[r].ticket != 0 && all.req[r].seg[0].at == guest_at(&all.g, data_of(0), 512))
                    vwr_vblk_done(&all.req[r], all.req[r].ticket, VWR_OK);
            vwr_vblk_signal(&all.disk);
            check_used(0, 513);
            add_buffer(0);
            guest_kick(&all.g, 0);
        }
        all.asks = 0;
        save_and_load();
        assert_int_equal(all.asks, HELD);
        assert_ptr_equal(all.asked[0], guest_at(&all.g, data_of(1), 512));
        assert_ptr_equal(all.asked[1], guest_at(&all.g, data_of(0), 512));
        unplug();
    }
    any_order = false;
}

/* Sends a request with data in two segments, the first of which follows the header, and a status at the end.
 */
static void send_request(uint32_t type, uint32_t first, uint32_t second)
{
    const bool in = type == VWR_BLK_T_IN;
    const uint16_t way = in ? VWR_VIRTQ_DESC_F_WRITE : 0;
    struct vwr_blk_req_out head = {.type = vwr_cpu_to_le32(type)};
    const struct guest_desc d[] = {{GUEST_HIGH, sizeof(head) + (in ? 0 : first), 0, 0},
                                   {GUEST_HIGH + 0x2000, in ? first : second, way, 0},
                                   {GUEST_HIGH + 0x6000, in ? second + 1 : 1, VWR_VIRTQ_DESC_F_WRITE, 0}};

    memcpy(guest_at(&all.g, GUEST_HIGH, sizeof(head)), &head, sizeof(head));
    (void)guest_chain(&all.g, 0, d, 3);
    guest_kick(&all.g, 0);
}

/* Completes the part that the back end holds; the next part is requested. */
static void end_part(void)
{
    vwr_vblk_done(all.part_of, all.part_of->ticket, VWR_OK);
    vwr_vblk_signal(&all.disk);
}

/*
 * A request of which the back end has completed some parts is sent again from its beginning, whatever its
 * segments:
 * a read, a write, a range. The state contains the segments that the driver provided.
 */
static void asks_for_all_parts(void **unused)
{
    static const struct {
        uint32_t type, first, second;
        unsigned parts; /* in all */
    } rows[] = {{VWR_BLK_T_IN, 6144, 5120, 3},
                {VWR_BLK_T_OUT, 6144, 5120, 3},
                {VWR_BLK_T_OUT, 4096, 4096, 2},
                {VWR_BLK_T_OUT, 2048, 1024, 1},
                {VWR_BLK_T_WRITE_ZEROES, 8, 8, 3}};

    (void)unused;
    in_parts = true;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (unsigned done = 0; done < rows[i].parts; done++) {
            const uint32_t bytes = rows[i].first + rows[i].second;
            const bool zeroes = rows[i].type == VWR_BLK_T_WRITE_ZEROES;
            const struct vwr_blk_discard_write_zeroes range = {vwr_cpu_to_le64(0), vwr_cpu_to_le32(24),
                                                               vwr_cpu_to_le32(0)};
            struct vwr_vblk_req first;
            const uint8_t *at;

            plug(DISK, false, false);
            for (unsigned n = 0; n < REQUESTS; n++)
                if (all.req[n].ticket != 0)
                    vwr_vblk_done(&all.req[n], all.req[n].ticket, VWR_OK);
            vwr_vblk_signal(&all.disk);
            for (unsigned n = 0; n < HELD; n++)
                check_used(0, 513);
            memcpy(guest_at(&all.g, GUEST_HIGH + sizeof(struct vwr_blk_req_out), 8), &range, 8);
            memcpy(guest_at(&all.g, GUEST_HIGH + 0x2000, 8), (const uint8_t *)&range + 8, 8);
            send_request(rows[i].type, rows[i].first, rows[i].second);
            first = all.part;
            at = zeroes ? NULL : first.seg[0].at;
            for (unsigned n = 0; n < done; n++)
                end_part();
            save_and_load();
            assert_int_equal(all.part.sector, first.sector);
            assert_int_equal(all.part.bytes, first.bytes);
            assert_int_equal(all.part.segs, first.segs);
            if (!zeroes)
                assert_ptr_equal(all.part.seg[0].at, at);
            for (unsigned n = 0; n < rows[i].parts; n++) {
                assert_int_equal(vwr_vblk_in_flight(&all.disk), 1);
                if (zeroes)
                    assert_int_equal(all.part_of->range[0].sector, 8u * n);
                end_part();
            }
            check_used(0, rows[i].type == VWR_BLK_T_IN ? bytes + 1 : 1);
            assert_int_equal(vwr_vblk_in_flight(&all.disk), 0);
            unplug();
        }
    in_parts = false;
}

/* A back end that holds requests of a queue which was reset: they no longer belong to the driver. */
static void forgets_a_queue_that_was_reset(void **unused)
{
    struct guest *const g = &all.g;

    (void)unused;
    any_order = true;
    plug(DISK, false, false);
    guest_write(g, VWR_MMIO_QUEUE_SEL, 4, 0);
    guest_write(g, VWR_MMIO_QUEUE_RESET, 4, 1);
    memset(guest_at(g, GUEST_LOW, GUEST_RING_BYTES), 0, GUEST_RING_BYTES);
    guest_lay_out(g, 0, GUEST_QUEUE_MAX);
    assert_true(guest_set_queue(g, 0));
    add_buffer(1);
    guest_kick(g, 0);
    assert_int_equal(vwr_vqueue_in_flight(&g->queue[0]), 1);
    all.asks = 0;
    save_and_load();
    assert_int_equal(all.asks, 1);
    assert_ptr_equal(all.asked[0], guest_at(g, data_of(1), 512));
    unplug();
    any_order = false;
}

/* A back end whose hardware still uses the buffers: the disk is not saved. */
static void saves_no_unsafe_disk(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s = state_in(memory, sizeof(memory));

    (void)unused;
    is_unsafe = true;
    plug(DISK, false, false);
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_EINFLIGHT);
    assert_int_equal(s.fault, VWR_VSTATE_UNSAFE);
    is_unsafe = false;
    vwr_vdev_set_unsafe(all.g.dev, false);
    unplug();
}

/* A request that the VMM holds is processed again, with the newly created session. */
static void enciphers_again(void **unused)
{
    static uint8_t memory[STATE_BYTES], mac[MAC] = {1, 2, 3, 4};
    struct vwr_vstate s;
    struct guest_desc back;
    uint64_t ticket;
    uint32_t id, len;

    (void)unused;
    plug(CRYPTO, false, false);
    while (guest_used(&all.g, 0, &id, &len)) /* those of plug */
        continue;
    back = encipher(0);
    ticket = all.ciphered_ticket;
    s = state_in(memory, save(memory));
    /* The message after those of the device does not belong to it. */
    assert_true(all.crypto_message[CIPHERS].busy && !all.crypto_message[CIPHERS].is_back);
    assert_int_equal(all.crypto_message[CIPHERS].ticket, 1);
    reset();
    vwr_vcrypto_done(&all.crypto, ticket, VWR_OK, &all.ciphered);
    assert_int_equal(all.g.dev->stats.late, 1);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_true(all.ciphered_ticket != ticket && all.ciphered.dst_bytes == sizeof(mac));
    all.ciphered.dst = mac;
    vwr_vcrypto_done(&all.crypto, all.ciphered_ticket, VWR_OK, &all.ciphered);
    check_used(0, sizeof(mac) + 1);
    assert_memory_equal(guest_at(&all.g, back.addr, sizeof(mac)), mac, sizeof(mac));
    unplug();
}

/*
 * The second of two requests in order already has its answer, which the guest receives after the first one.
 */
static void enciphers_in_order(void **unused)
{
    static uint8_t mac[MAC] = {1, 2, 3, 4};
    uint32_t id, len;

    (void)unused;
    for (unsigned packed = 0; packed < 2; packed++) {
        plug(CRYPTO, false, packed != 0);
        while (guest_used(&all.g, 0, &id, &len))
            continue;
        (void)encipher(0);
        (void)encipher(1);
        all.ciphered.dst = mac;
        vwr_vcrypto_done(&all.crypto, all.ciphered_ticket, VWR_OK, &all.ciphered);
        assert_false(guest_used(&all.g, 0, &id, &len));
        assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), 2);
        save_and_load();
        assert_false(guest_used(&all.g, 0, &id, &len));
        all.ciphered.dst = mac;
        vwr_vcrypto_done(&all.crypto, all.ciphered_ticket, VWR_OK, &all.ciphered);
        check_used(0, MAC + 1);
        check_used(0, MAC + 1);
        unplug();
    }
}

/* A command that waits for its next part is restarted, and task management finds it. */
static void goes_on_reading(void **unused)
{
    const uint32_t back = sizeof(struct vwr_scsi_command_answer_form) + VWR_SCSI_SENSE_DEFAULT_SIZE;
    const struct guest_desc d[] = {
        {GUEST_DATA + 0x4800, sizeof(struct vwr_scsi_tmf_msg_form), 0, 0},
        {GUEST_DATA + 0x4900, sizeof(struct vwr_scsi_tmf_answer_form), VWR_VIRTQ_DESC_F_WRITE, 0}};
    const struct vwr_scsi_tmf_msg m = {.subtype = VWR_SCSI_T_TMF_QUERY_TASK, .lun = {VWR_SCSI_LUN_UNIT, 1}};
    uint32_t id, len;

    (void)unused;
    plug(SCSI, false, false);
    while (guest_used(&all.g, VWR_SCSI_QUEUE_CONTROLQ, &id, &len)) /* those of plug */
        continue;
    vwr_scsi_tmf_msg_encode(guest_at(&all.g, d[0].addr, d[0].len), false, &m);
    (void)guest_chain(&all.g, VWR_SCSI_QUEUE_CONTROLQ, d, 2);
    save_and_load();
    assert_int_equal(*(uint8_t *)guest_at(&all.g, d[1].addr, 1), VWR_SCSI_S_FUNCTION_SUCCEEDED);
    while (vwr_vqueue_in_flight(&all.g.queue[VWR_SCSI_QUEUE_REQUESTQ]) != 0)
        vwr_vdev_serve(all.g.dev, VWR_SCSI_QUEUE_REQUESTQ);
    check_used(VWR_SCSI_QUEUE_REQUESTQ, back + READ_BYTES);
    for (unsigned i = 0; i < READ_BYTES; i++)
        assert_int_equal(*(uint8_t *)guest_at(&all.g, GUEST_HIGH + back + i, 1), 0x5a);
    assert_true(all.scsi.missed && all.unit[0].attention == 0);
    assert_int_equal(all.unit[2].attention, VWR_T10_LUNS_CHANGED);
    unplug();
}

/* A card that was saved and continues: nothing is announced, and no frame is lost. */
static void plays_on(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;
    uint8_t frames[2 * PERIOD];

    (void)unused;
    plug(SOUND, false, false);
    s = state_in(memory, save(memory));
    vwr_vm_restart(&all.g.vm, &s);
    assert_int_equal(all.changes, 0);
    assert_int_equal(vwr_vsound_take(&all.sound, 0, frames, sizeof(frames)), 2 * PERIOD - 10);
    assert_int_equal(frames[0], 10);
    unplug();
}

/* As many jacks as bits. */
static void keeps_each_jack(void **unused)
{
    (void)unused;
    jacks = VWR_VSOUND_JACKS;
    plug(SOUND, false, false);
    vwr_vsound_set_jack(&all.sound, VWR_VSOUND_JACKS - 1, true);
    save_and_load();
    assert_int_equal(all.sound.connected >> (VWR_VSOUND_JACKS - 1), 1);
    unplug();
    jacks = 0;
}

/* No frame is lost or moved twice; the VMM is notified of each stream again, and the jacks are as before. */
static void goes_on_playing(void **unused)
{
    uint8_t frames[2 * PERIOD];

    (void)unused;
    plug(SOUND, false, true);
    save_and_load();
    assert_int_equal(all.changes, STREAMS);
    assert_int_equal(all.sound.connected, 2);
    assert_int_equal(vwr_vsound_take(&all.sound, 0, frames, sizeof(frames)), 2 * PERIOD - 10);
    for (unsigned i = 0; i < 2 * PERIOD - 10; i++)
        assert_int_equal(frames[i], 10 + i);
    memset(frames, 0x77, sizeof(frames));
    assert_int_equal(vwr_vsound_give(&all.sound, 1, frames, sizeof(frames)), PERIOD - 10);
    check_used(VWR_SND_QUEUE_TXQ, 8);
    check_used(VWR_SND_QUEUE_RXQ, 8 + PERIOD);
    for (unsigned i = 0; i < PERIOD; i++)
        assert_int_equal(*(uint8_t *)guest_at(&all.g, GUEST_DATA + 0x5080 + i, 1), i < 10 ? i : 0x77);
    unplug();
}

/* A period of a nonexistent stream, or of the other direction, is refused immediately. */
static void refuses_periods(void **unused)
{
    static const uint8_t wrong[] = {1, STREAMS, UINT8_MAX};
    const uint64_t at = GUEST_DATA + 0x4000 + 0x100u * 3;

    (void)unused;
    any_order = true;
    for (unsigned i = 0; i < sizeof(wrong); i++) {
        const struct vwr_snd_pcm_status *status;

        plug(SOUND, false, false);
        add_period(VWR_SND_D_OUTPUT, 3);
        *(uint8_t *)guest_at(&all.g, at, 1) = wrong[i];
        guest_kick(&all.g, VWR_SND_QUEUE_TXQ);
        check_used(VWR_SND_QUEUE_TXQ, sizeof(*status));
        status = guest_at(&all.g, at + 0x80, sizeof(*status));
        assert_int_equal(vwr_le32_to_cpu(status->status), VWR_SND_S_BAD_MSG);
        assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[VWR_SND_QUEUE_TXQ]), 2);
        unplug();
    }
    any_order = false;
}

/* A RELEASE of a stream with a buffer in the ring that the device has not seen yet. */
static const struct guest_desc release_desc[] = {
    {GUEST_DATA + 0x4800, sizeof(struct vwr_snd_pcm_release_msg_form), 0, 0},
    {GUEST_DATA + 0x4900, sizeof(struct vwr_snd_pcm_release_answer_form), VWR_VIRTQ_DESC_F_WRITE, 0}};

static void begin_release(void)
{
    const struct vwr_snd_pcm_release_msg m = {0};
    uint32_t id, len;

    plug(SOUND, false, false);
    while (guest_used(&all.g, VWR_SND_QUEUE_CONTROLQ, &id, &len))
        continue;
    all.sound.stream[0].state = VWR_VSOUND_STOPPED;
    all.g.again_of = 0;
    add_period(VWR_SND_D_OUTPUT, 2);
    vwr_snd_pcm_release_msg_encode(guest_at(&all.g, release_desc[0].addr, release_desc[0].len), false, &m);
    (void)guest_chain(&all.g, VWR_SND_QUEUE_CONTROLQ, release_desc, 2);
    guest_kick(&all.g, VWR_SND_QUEUE_CONTROLQ);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[VWR_SND_QUEUE_CONTROLQ]), 1);
}

/* Serves the queues that the device asks for. */
static void end_release(void)
{
    const struct vwr_snd_hdr *const answer = guest_at(&all.g, release_desc[1].addr, release_desc[1].len);

    for (unsigned i = 0; i < 8; i++) {
        const uint32_t of = all.g.again_of;

        all.g.again_of = 0;
        for (uint16_t queue = 0; queue < all.g.dev->queues; queue++)
            if ((of >> queue & 1u) != 0)
                vwr_vdev_serve(all.g.dev, queue);
    }
    check_used(VWR_SND_QUEUE_CONTROLQ, release_desc[1].len);
    assert_int_equal(vwr_le32_to_cpu(answer->code), VWR_SND_S_OK);
    assert_int_equal(all.sound.stream[0].state, VWR_VSOUND_RELEASED);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[VWR_SND_QUEUE_TXQ]), 0);
    for (unsigned i = 0; i < 3; i++)
        check_used(VWR_SND_QUEUE_TXQ, 8);
}

/* It waits for the buffer, which the device serves then. */
static void releases(void **unused)
{
    (void)unused;
    begin_release();
    end_release();
    unplug();
}

/* A load executes it again; a reset forgets it. */
static void releases_again(void **unused)
{
    (void)unused;
    begin_release();
    save_and_load();
    end_release();
    unplug();
    begin_release();
    reset();
    save_and_load();
    assert_int_equal(all.sound.stream[0].state, VWR_VSOUND_NEW);
    unplug();
}

/* A file that no longer exists is an error only for its handle, which the guest can release. */
static void finds_files(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    uint32_t (*const read[])(struct guest * g) = {read_9p, read_fs};
    uint32_t (*const close[])(struct guest * g) = {clunk_9p, release_fs};
    struct vwr_vstate s;
    uint32_t nodes;

    (void)unused;
    for (unsigned class = P9; class <= FS; class ++) {
        plug(class, false, true);
        nodes = folder_nodes();
        s = state_in(memory, save(memory));
        reset();
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
        assert_int_equal(folder_nodes(), nodes);
        assert_int_equal(read[class - P9](&all.g), 0);
        s = state_in(memory, save(memory));
        reset();
        folder_remove_file();
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
        assert_int_equal(read[class - P9](&all.g), VWR_P9_ESTALE);
        assert_int_equal(close[class - P9](&all.g), 0);
        assert_int_equal(folder_nodes() + (class == FS), nodes);
        unplug();
    }
}

/* A file system that has no paths, or does not find its files: those of the guest are gone, which it can give
 * back. */
static void loses_files(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    uint32_t (*const read[])(struct guest * g) = {read_9p, read_fs};
    uint32_t (*const close[])(struct guest * g) = {clunk_9p, release_fs};
    struct vwr_vstate s;

    (void)unused;
    for (unsigned class = P9; class <= FS; class ++)
        for (enum folder_fault fault = FOLDER_NO_PATHS; fault <= FOLDER_NO_OPEN; fault++) {
            plug(class, false, false);
            if (fault <= FOLDER_LONG_PATHS)
                folder_fails(fault);
            s = state_in(memory, save(memory));
            reset();
            if (fault > FOLDER_LONG_PATHS)
                folder_fails(fault);
            assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
            assert_int_equal(folder_gave_back() != 0, fault == FOLDER_WALKS_LATER);
            assert_int_equal(read[class - P9](&all.g), VWR_P9_ESTALE);
            assert_int_equal(close[class - P9](&all.g), 0);
            unplug();
        }
}

/* A node whose file was gone when the guest was saved is forgotten, and the others keep their numbers. */
static void forgets_files(void **unused)
{
    uint32_t nodes;

    (void)unused;
    plug(FS, false, false);
    nodes = folder_nodes();
    save_and_load();
    forget_old(&all.g);
    assert_int_equal(folder_nodes(), nodes - 1);
    assert_true(has_same_dir(&all.g));
    assert_int_equal(folder_nodes(), nodes - 1);
    unplug();
}

/* Two files of the guest are links to one where it is loaded: one of its nodes is stale, and its handle is
 * released. */
static void finds_one_file_twice(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    unsigned released[2];
    struct vwr_vstate s;

    (void)unused;
    for (unsigned i = 0; i < 2; i++) {
        plug(FS, false, false);
        s = state_in(memory, save(memory));
        reset();
        folder_aliases(i != 0);
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
        released[i] = folder_released();
        assert_int_equal(read_fs(&all.g), 0);
        assert_int_equal(release_fs(&all.g), 0);
        unplug();
    }
    assert_int_equal(released[1], released[0] + 1u);
}

/* A driver that has not begun a session begins it after the load. */
static void begins_session(void **unused)
{
    void (*const begin[])(struct guest * g) = {fill_9p, fill_fs};

    (void)unused;
    idle = true;
    for (unsigned class = P9; class <= FS; class ++) {
        plug(class, false, false);
        save_and_load();
        assert_int_equal(folder_nodes(), 0);
        begin[class - P9](&all.g);
        unplug();
    }
    idle = false;
}

/* A request that the file system holds is taken back, and sent again after the load. */
static void asks_files_again(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    void (*const ask[])(struct guest * g) = {ask_9p, ask_fs};
    uint32_t (*const answer[])(struct guest * g) = {answer_9p, answer_fs};
    struct vwr_vstate s;

    (void)unused;
    for (unsigned class = P9; class <= FS; class ++) {
        plug(class, false, false);
        folder_answers_later();
        ask[class - P9](&all.g);
        s = state_in(memory, save(memory));
        assert_int_equal(folder_gave_back(), 1);
        reset();
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
        assert_int_equal(folder_asked(), 2);
        assert_int_equal(answer[class - P9](&all.g), VWR_P9_EACCES);
        unplug();
    }
}

static void check_result(struct vwr_vstate *s, int expected, enum vwr_vstate_fault fault)
{
    assert_int_equal(vwr_vm_load(&all.g.vm, s), expected);
    assert_int_equal(s->fault, fault);
    check_unused();
}

/* Messages are sent again; the one that is masked is sent when the guest unmasks it. */
static void sends_messages(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    uint64_t unmask = 0;
    struct vwr_vstate s;

    (void)unused;
    place = MSIX;
    plug(DISK, false, false);
    s = state_in(memory, STATE_BYTES);
    s.bus = NULL;
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_EUNSUPP);
    all.messages = 0;
    vwr_vm_restart(&all.g.vm, &s); /* it continues, as after each failed save */
    assert_int_equal(all.messages, 1);
    assert_int_equal(all.message, 0x41);
    s = state_in(memory, save(memory));
    reset();
    s.bus = NULL;
    check_result(&s, VWR_EUNSUPP, VWR_VSTATE_BUS);
    s.bus = &vwr_vpci_state;
    reset();
    all.f.vectors--;
    check_result(&s, VWR_EPROTO, VWR_VSTATE_FIELD);
    all.f.vectors++;
    all.f.narrow = true;
    check_result(&s, VWR_EPROTO, VWR_VSTATE_FIELD);
    all.f.narrow = false;
    all.messages = 0;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_int_equal(all.messages, 1);
    assert_int_equal(all.message, 0x41);
    all.vector[2].masked = false; /* of changes of the configuration, of which there is one */
    all.g.dev->config_vector = 2;
    all.g.dev->interrupt = VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK;
    s = state_in(memory, save(memory));
    reset();
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_int_equal(all.messages, 3);
    assert_int_equal(all.message, 0x42);
    all.vector[2].masked = true;
    all.messages = 1;
    assert_true(all.g.dev->live && all.vector[0].pending && all.vector[2].masked);
    vwr_vpci_bar_access(&all.f, WORDS_OF_MSIX + 12, 4, true, &unmask);
    assert_int_equal(all.messages, 2);
    assert_int_equal(all.message, 0x40);
    unplug();
    place = MMIO;
}

/* The addresses of a network card's lists are in its state, regardless of their hash bucket. */
static void lists_addresses(void **unused)
{
    static uint8_t state[STATE_BYTES];
    struct vwr_vnet_list *const l = &all.net.filter.list[1];
    size_t before;

    (void)unused;
    plug(NET, false, false);
    memset(l->first, 0, sizeof(l->first));
    before = save(state);
    l->mac[0] = 0x010000000002u;
    for (unsigned bucket = 0; bucket < VWR_VNET_BUCKETS; bucket++) {
        l->first[bucket] = 1;
        assert_int_equal(save(state), before + 6u);
        l->first[bucket] = 0;
    }
    unplug();
}

static void raises_intx(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;

    (void)unused;
    place = INTX;
    plug(DISK, false, false);
    s = state_in(memory, save(memory));
    reset();
    all.g.irq = false;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_true(all.g.irq && all.g.dev->live);
    unplug();
    place = MMIO;
}

const struct CMUnitTest class_tests[] = {
    cmocka_unit_test(goes_on),
    cmocka_unit_test(goes_on_before_driver_ok),
    cmocka_unit_test(goes_on_typing),
    cmocka_unit_test(shows_again),
    cmocka_unit_test(takes_pages_again),
    cmocka_unit_test(takes_pages_alone),
    cmocka_unit_test(finds_files),
    cmocka_unit_test(loses_files),
    cmocka_unit_test(forgets_files),
    cmocka_unit_test(finds_one_file_twice),
    cmocka_unit_test(begins_session),
    cmocka_unit_test(asks_files_again),
    cmocka_unit_test(asks_again),
    cmocka_unit_test(interrupts_again),
    cmocka_unit_test(interrupts_in_budgets),
    cmocka_unit_test(creates_sessions),
    cmocka_unit_test(enciphers_again),
    cmocka_unit_test(enciphers_in_order),
    cmocka_unit_test(sends_messages),
    cmocka_unit_test(lists_addresses),
    cmocka_unit_test(raises_intx),
    cmocka_unit_test(goes_on_reading),
    cmocka_unit_test(goes_on_playing),
    cmocka_unit_test(plays_on),
    cmocka_unit_test(keeps_each_jack),
    cmocka_unit_test(refuses_periods),
    cmocka_unit_test(releases),
    cmocka_unit_test(releases_again),
    cmocka_unit_test(keeps_order),
    cmocka_unit_test(asks_for_all_parts),
    cmocka_unit_test(saves_no_unsafe_disk),
    cmocka_unit_test(forgets_a_queue_that_was_reset),
    cmocka_unit_test(opens_ports_again),
    cmocka_unit_test(tells_once),
    cmocka_unit_test(loads_without_hooks),
    cmocka_unit_test(shows_cursor_again),
    cmocka_unit_test(takes_pages_for_itself),
};
const size_t class_test_count = sizeof(class_tests) / sizeof(class_tests[0]);
