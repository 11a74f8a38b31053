/* SPDX-License-Identifier: MIT */
#include "../../hostile/guests/hostile.h"

#include "vwr/service/blk.h"
#include "vwr/service/console.h"
#include "vwr/service/entropy.h"
#include "vwr/service/rpmb.h"
#include "vwr/vballoon.h"
#include "vwr/vblk_zone.h"
#include "vwr/vgpio.h"
#include "vwr/vgpu.h"
#include "vwr/vi2c.h"
#include "vwr/vinput.h"
#include "vwr/vm.h"
#include "vwr/vpmem.h"
#include "vwr/vrtc.h"
#include "vwr/vscsi.h"
#include "vwr/gen/mmio.h"

#include <string.h>

/*
 * The choices of a VMM: no hook, a hook that fails, fewer streams than the guest sees, a value of 0
 * for "no limit"; and calls with arguments that their headers exclude. The guest is correct.
 */

#define OUT GUEST_DATA
#define IN (GUEST_DATA + 0x800u)
#define IN_BYTES 0x400u
#define POISON 0xa5
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define MESSAGES 4u
#define SEGS 20u
#define MAP 64u
#define HINTQ 3u /* of a balloon with all queues */
#define REPORTQ 4u
#define READ 0x2000u /* bytes of a SCSI command */
#define TASK 100u

static struct {
    struct guest g;
    struct vwr_vmessage message[MESSAGES];
    struct vwr_vseg seg[(MESSAGES + 1) * SEGS];
    struct vwr_vballoon balloon;
    uint32_t map[MAP];
    unsigned ends; /* of hints */
    struct vwr_vgpio gpio;
    struct vwr_vgpio_line line[2];
    struct vwr_vgpu gpu;
    struct vwr_vgpu_scanout scanout[1];
    struct vwr_vgpu_resource resource[4];
    struct vwr_vgpu_entry entry[8];
    _Alignas(VWR_VGPU_ALIGN) uint8_t image[4 * VWR_VGPU_BYTES(64, 64)];
    unsigned flushes;
    struct vwr_vi2c i2c;
    uint8_t data[8];
    uint64_t ticket;
    struct vwr_vinput input;
    struct vwr_input_event_msg fifo[4];
    struct vwr_vpmem pmem;
    struct vwr_vrtc rtc;
    struct vwr_vrtc_clock clock[1];
    int clock_result;
    struct vwr_vscsi scsi;
    struct vwr_vt10_unit unit[2];
    struct vwr_vt10_call call[MESSAGES];
    struct vwr_vblk_backend disk;
    struct vwr_vblk blk_disk;
    struct vwr_vblk_req req[MESSAGES];
    struct vwr_vblk_zones zones;
    struct vwr_vblk_zone zone[4];
    struct vwr_vblk_req *last; /* request of the back end */
    uint64_t sector;
    uint64_t sectors; /* of all ranges */
    unsigned submits;
    unsigned drains;
    unsigned fulls;
    bool resets;
    int result;
    struct vwr_blk_vservice blk;
    struct vwr_console_vservice console;
    struct vwr_vstream stream;
    unsigned taken;
    unsigned posted;
    struct vwr_entropy_vservice entropy;
    struct vwr_rpmb_vservice rpmb;
} all;

static struct vwr_vdev_setup begin(bool legacy)
{
    struct vwr_vdev_setup s;

    memset(&all, 0, sizeof(all));
    guest_begin(&all.g, legacy, false);
    all.g.vm.memory.region_count--; /* the last one has a long bitmap */
    guest_setup(&all.g, &s);
    return s;
}

/* Starts a device; the guest accepts all that it offers. */
static void start(struct vwr_vdev *v)
{
    struct guest *const g = &all.g;

    guest_plug(g, 0, v);
    g->queues = v->queues;
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        g->features.w[i] |= v->offered.w[i];
    vwr_features_remove(&g->features, VWR_F_NOTIFICATION_DATA);
    vwr_features_remove(&g->features, VWR_F_NOTIF_CONFIG_DATA);
    assert_true(guest_start(g));
}

static void end(void)
{
    vwr_vm_remove(&all.g.vm, 0);
    guest_end(&all.g);
}

static struct vwr_service_memory memory(void)
{
    const struct vwr_service_memory m = {all.message, MESSAGES, all.seg, VWR_COUNT(all.seg)};

    return m;
}

/* Sends `bytes` and space for an answer; returns the number of bytes written, or -1. The answer is at IN. */
static int64_t ask(unsigned queue, const void *out, uint32_t bytes, uint32_t room)
{
    const struct guest_desc d[] = {{OUT, bytes, 0, 0}, {IN, room, WRITE, 0}};

    memset(guest_at(&all.g, IN, IN_BYTES), POISON, IN_BYTES);
    memcpy(guest_at(&all.g, OUT, bytes), out, bytes);
    hostile_send(&all.g, queue, d + (bytes == 0), (unsigned)(bytes != 0) + (room != 0));
    return hostile_take(&all.g, queue);
}

static const uint8_t *answer(void)
{
    return guest_at(&all.g, IN, IN_BYTES);
}

/* ---- balloon ---- */

static void hints_end(struct vwr_vballoon *b)
{
    (void)b;
    all.ends++;
}

static void start_balloon(const struct vwr_vballoon_ops *ops)
{
    const struct vwr_vdev_setup s = begin(false);
    const struct vwr_vballoon_options o = {.ops = ops,
                                           .map = all.map,
                                           .map_count = MAP,
                                           .must_tell = true,
                                           .statistics = true,
                                           .hinting = true,
                                           .reporting = true};

    assert_int_equal(vwr_vballoon_init_with(&all.balloon, &s, &o), VWR_OK);
    start(vwr_vballoon_dev(&all.balloon));
}

static void command(uint32_t id)
{
    const vwr_le32 m = vwr_cpu_to_le32(id);

    assert_int_equal(ask(HINTQ, &m, sizeof(m), 0), 0);
}

/* Pages leave and return, statistics, hints and reports arrive, and there is no hook to notify. */
static void balloon_without_hooks(void **state)
{
    static const struct vwr_vballoon_ops none;
    const struct vwr_balloon_stat stat = {vwr_cpu_to_le16(VWR_BALLOON_S_MEMTOT), vwr_cpu_to_le64(77)};
    const vwr_le32 page = vwr_cpu_to_le32((uint32_t)(GUEST_FAR / VWR_VBALLOON_PAGE));
    const struct guest_desc far = {GUEST_FAR, VWR_VBALLOON_PAGE, WRITE, 0};

    (void)state;
    start_balloon(&none);
    assert_int_equal(ask(VWR_BALLOON_QUEUE_INFLATEQ, &page, sizeof(page), 0), 0);
    assert_int_equal(all.balloon.gone, VWR_VBALLOON_PAGE);
    assert_int_equal(ask(VWR_BALLOON_QUEUE_DEFLATEQ, &page, sizeof(page), 0), 0);
    assert_int_equal(all.balloon.gone, 0);
    assert_int_equal(ask(VWR_BALLOON_QUEUE_STATSQ, &stat, sizeof(stat), 0), -1); /* the device keeps it */
    assert_int_equal(all.balloon.stats.known, 1u << VWR_BALLOON_S_MEMTOT);
    assert_int_equal(all.balloon.stats.value[VWR_BALLOON_S_MEMTOT], 77);
    hostile_send(&all.g, REPORTQ, &far, 1);
    hostile_used(&all.g, REPORTQ, 0);
    assert_int_equal(vwr_vballoon_hint(&all.balloon), VWR_OK);
    command(VWR_BALLOON_CMD_ID_DONE + 1u);
    hostile_send(&all.g, HINTQ, &far, 1);
    hostile_used(&all.g, HINTQ, 0);
    command(VWR_BALLOON_CMD_ID_STOP);
    assert_int_equal(all.balloon.ignored, 0);
    assert_int_equal(ask(VWR_BALLOON_QUEUE_INFLATEQ, &page, sizeof(page), 0), 0);
    assert_int_equal(vwr_vballoon_set_memory(&all.balloon, all.map, MAP), VWR_OK);
    assert_int_equal(all.balloon.gone, 0);
    end();
}

/* A command that the driver sends again does not end its hints, and STOP ends them once. */
static void hints_end_once(void **state)
{
    static const struct vwr_vballoon_ops ops = {.hints_end = hints_end};

    (void)state;
    start_balloon(&ops);
    assert_int_equal(vwr_vballoon_hint(&all.balloon), VWR_OK);
    command(VWR_BALLOON_CMD_ID_STOP);
    command(VWR_BALLOON_CMD_ID_DONE + 1u);
    command(VWR_BALLOON_CMD_ID_DONE + 1u);
    assert_int_equal(all.ends, 0);
    command(VWR_BALLOON_CMD_ID_STOP);
    command(VWR_BALLOON_CMD_ID_STOP);
    assert_int_equal(all.ends, 1);
    end();
}

/* ---- GPIO, I2C, clocks, input ---- */

static void gpio_without_hooks(void **state)
{
    static const struct vwr_vgpio_ops none;
    const struct vwr_vdev_setup s = begin(false);
    const struct vwr_vgpio_options o = {.ops = &none, .lines = all.line, .line_count = 1, .memory = memory()};
    struct vwr_gpio_request r = {vwr_cpu_to_le16(VWR_GPIO_MSG_SET_DIRECTION), vwr_cpu_to_le16(0),
                                 vwr_cpu_to_le32(VWR_GPIO_DIRECTION_OUT)};

    (void)state;
    assert_int_equal(vwr_vgpio_init_with(&all.gpio, &s, &o), VWR_OK);
    start(vwr_vgpio_dev(&all.gpio));
    assert_int_equal(ask(VWR_GPIO_QUEUE_REQUESTQ, &r, sizeof(r), 2), 2);
    assert_int_equal(answer()[0], VWR_GPIO_STATUS_OK);
    assert_int_equal(all.line[0].direction, VWR_GPIO_DIRECTION_OUT);
    r.type = vwr_cpu_to_le16(VWR_GPIO_MSG_GET_LINE_NAMES); /* there are none */
    (void)ask(VWR_GPIO_QUEUE_REQUESTQ, &r, sizeof(r), 2);
    assert_int_equal(answer()[0], VWR_GPIO_STATUS_ERR);
    vwr_vgpio_input(&all.gpio, 1, true); /* there is no such line */
    assert_int_equal(all.line[1].input, 0);
    vwr_vgpio_input(&all.gpio, 0, true);
    assert_int_equal(all.line[0].input, 1);
    end();
}

static int transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    memset(m->data, 0x33, m->bytes);
    all.ticket = vwr_vi2c_ticket(v);
    return VWR_LATER;
}

/* A read whose data the VMM stores in the message immediately, and one that supplies it later. */
static void i2c_data(void **state)
{
    static const uint8_t later[] = {1, 2, 3, 4};
    const struct vwr_vdev_setup s = begin(false);
    const struct vwr_vi2c_options o = {
        .transfer = transfer, .data = all.data, .data_bytes = sizeof(all.data)};
    const struct vwr_i2c_out_hdr h = {.addr = vwr_cpu_to_le16(0xa0),
                                      .flags = vwr_cpu_to_le32(VWR_I2C_FLAGS_M_RD)};

    (void)state;
    assert_int_equal(vwr_vi2c_init_with(&all.i2c, &s, &o), VWR_OK);
    start(vwr_vi2c_dev(&all.i2c));
    for (unsigned brings = 0; brings < 2; brings++) {
        assert_int_equal(ask(0, &h, sizeof(h), sizeof(later) + 1), -1);
        vwr_vi2c_done(&all.i2c, all.ticket, VWR_OK, brings != 0 ? later : NULL);
        hostile_used(&all.g, 0, sizeof(later) + 1);
        for (unsigned i = 0; i < sizeof(later); i++)
            assert_int_equal(answer()[i], brings != 0 ? later[i] : 0x33);
        assert_int_equal(answer()[sizeof(later)], VWR_I2C_MSG_OK);
    }
    end();
}

static int read_clock(struct vwr_vrtc *v, unsigned clock, uint64_t *ns)
{
    (void)v;
    (void)clock;
    *ns = 1000;
    return all.clock_result;
}

static int read_cross(struct vwr_vrtc *v, unsigned clock, unsigned counter, uint64_t *ns, uint64_t *cycles)
{
    (void)counter;
    *cycles = 0;
    return read_clock(v, clock, ns);
}

static int flush_later(struct vwr_vpmem *v, uint64_t ticket)
{
    (void)v;
    all.ticket = ticket;
    return VWR_LATER;
}

/*
 * A region that is also shared memory, or only that: then a driver that does not accept it is refused. A
 * flush that fails is answered with -1, whatever the error is.
 */
static void pmem_region(void **state)
{
    static const struct vwr_vdev_shm region = {0x100000000, 0x2000};
    static const uint8_t failed[] = {0xff, 0xff, 0xff, 0xff};
    struct vwr_vdev_setup s = begin(false);
    struct vwr_vpmem_options o = {.flush = flush_later, .region = {0x200000000, 0x1000}};
    struct vwr_pmem_flush_msg_form flush;

    (void)state;
    s.shm = &region;
    s.shm_count = 1;
    assert_int_equal(vwr_vpmem_init_with(&all.pmem, &s, &o), VWR_OK);
    assert_int_equal(vwr_le64_to_cpu(all.pmem.config.size), 0x1000); /* before anything is accepted */
    start(vwr_vpmem_dev(&all.pmem));
    assert_true(vwr_vdev_has(vwr_vpmem_dev(&all.pmem), VWR_PMEM_F_SHMEM_REGION));
    assert_true(all.pmem.config.start == 0 && all.pmem.config.size == 0);
    vwr_pmem_flush_msg_encode(&flush, false);
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(ask(0, &flush, sizeof(flush), 4), -1);
        vwr_vpmem_done(&all.pmem, all.ticket, i == 0 ? VWR_ENOMEM : 1);
        assert_int_equal(hostile_take(&all.g, 0), 4);
        assert_memory_equal(answer(), failed, sizeof(failed));
        vwr_vpmem_done(&all.pmem, all.ticket, VWR_OK);
        assert_int_equal(vwr_vpmem_dev(&all.pmem)->stats.late, i + 1);
    }
    vwr_features_remove(&all.g.features, VWR_PMEM_F_SHMEM_REGION);
    assert_true(guest_start(&all.g));
    assert_int_equal(vwr_le64_to_cpu(all.pmem.config.start), 0x200000000);
    vwr_vm_remove(&all.g.vm, 0);
    o.region.bytes = 0;
    assert_int_equal(vwr_vpmem_init_with(&all.pmem, &s, &o), VWR_OK);
    start(vwr_vpmem_dev(&all.pmem));
    vwr_features_remove(&all.g.features, VWR_PMEM_F_SHMEM_REGION);
    assert_false(guest_start(&all.g));
    end();
    s.shm_count = 0;
    assert_int_equal(vwr_vpmem_init_with(&all.pmem, &s, &o), VWR_EINVAL);
}

/* A clock that cannot be read for a while; its alarm expires afterwards. A driver without alarms has none. */
static void clock_fails(void **state)
{
    static const struct vwr_vrtc_ops ops = {.clock_read = read_clock, .clock_cross = read_cross};
    const struct vwr_vdev_setup s = begin(false);
    const struct vwr_vrtc_options o = {.ops = &ops, .clocks = all.clock, .clock_count = 1};
    const struct vwr_rtc_read_cross_msg cross = {0, VWR_RTC_COUNTER_X86_TSC};
    const struct vwr_rtc_clock_cap_msg cap = {0};
    const struct vwr_rtc_set_alarm_msg alarm = {1000, 0, VWR_RTC_FLAG_ALARM_ENABLED};
    union {
        struct vwr_rtc_read_cross_msg_form cross;
        struct vwr_rtc_clock_cap_msg_form cap;
        struct vwr_rtc_set_alarm_msg_form alarm;
    } form;

    (void)state;
    all.clock[0].has_alarm = true;
    assert_int_equal(vwr_vrtc_init_with(&all.rtc, &s, &o), VWR_OK);
    start(vwr_vrtc_dev(&all.rtc));
    hostile_lend_one(&all.g, VWR_RTC_QUEUE_ALARMQ, IN + 0x200, 64, WRITE);
    all.clock_result = VWR_EIO;
    vwr_rtc_read_cross_msg_encode(&form.cross, false, &cross);
    (void)ask(VWR_RTC_QUEUE_REQUESTQ, &form, sizeof(form.cross), sizeof(struct vwr_rtc_resp_read_cross));
    assert_int_equal(answer()[0], VWR_RTC_S_EIO);
    vwr_rtc_set_alarm_msg_encode(&form.alarm, false, &alarm);
    (void)ask(VWR_RTC_QUEUE_REQUESTQ, &form, sizeof(form.alarm), sizeof(struct vwr_rtc_resp_set_alarm));
    assert_int_equal(answer()[0], VWR_RTC_S_OK);
    vwr_vrtc_tick(&all.rtc);
    hostile_unused(&all.g, VWR_RTC_QUEUE_ALARMQ);
    all.clock_result = VWR_OK;
    vwr_vrtc_tick(&all.rtc);
    hostile_used(&all.g, VWR_RTC_QUEUE_ALARMQ, sizeof(struct vwr_rtc_notif_alarm));
    vwr_rtc_read_cross_msg_encode(&form.cross, false, &cross);
    (void)ask(VWR_RTC_QUEUE_REQUESTQ, &form, sizeof(form.cross), sizeof(struct vwr_rtc_resp_read_cross));
    assert_int_equal(answer()[0], VWR_RTC_S_OK);
    for (unsigned with = 1; with < 2; with--) {
        if (with == 0)
            vwr_features_remove(&all.g.features, VWR_RTC_F_ALARM);
        assert_true(guest_start(&all.g));
        vwr_rtc_clock_cap_msg_encode(&form.cap, false, &cap);
        (void)ask(VWR_RTC_QUEUE_REQUESTQ, &form, sizeof(form.cap), sizeof(struct vwr_rtc_resp_clock_cap));
        assert_int_equal(answer()[0], VWR_RTC_S_OK);
        assert_int_equal(answer()[offsetof(struct vwr_rtc_resp_clock_cap, flags)],
                         with != 0 ? VWR_RTC_FLAG_ALARM_CAP : 0);
    }
    end();
}

static void set_led(uint16_t code)
{
    const struct vwr_input_event e = {vwr_cpu_to_le16(VWR_EV_LED), vwr_cpu_to_le16(code), vwr_cpu_to_le32(1)};

    assert_int_equal(ask(VWR_INPUT_QUEUE_STATUSQ, &e, sizeof(e), 0), 0);
}

/* LEDs of a model with more than evdev defines; the VMM is not notified of them. */
static void input_without_hooks(void **state)
{
    static const struct vwr_vinput_codes codes = {VWR_EV_LED, 0, 40};
    static const struct vwr_vinput_model model = {.name = "lamps", .codes = &codes, .codes_count = 1};
    static const struct vwr_vinput_ops none;

    (void)state;
    for (unsigned with = 0; with < 2; with++) {
        const struct vwr_vdev_setup s = begin(false);
        const struct vwr_vinput_options o = {
            .model = &model, .ops = with != 0 ? &none : NULL, .event = all.fifo, .event_count = 4};

        assert_int_equal(vwr_vinput_init_with(&all.input, &s, &o), VWR_OK);
        start(vwr_vinput_dev(&all.input));
        set_led(2);
        set_led(15);
        set_led(16);
        set_led(34);
        assert_int_equal(all.input.leds, 1u << 2 | 1u << 15);
        assert_int_equal(all.input.stats.status, 4);
        end();
    }
}

/* ---- GPU ---- */

static int count_flush(struct vwr_vgpu *g, const struct vwr_vgpu_flush *f)
{
    (void)g;
    assert_true(f->area.width != 0 && f->area.height != 0);
    all.flushes++;
    return VWR_OK;
}

/* The screens' memory has been used before. */
static void start_gpu_with(const struct vwr_vgpu_ops *ops, size_t memory_bytes, uint32_t width_max,
                           uint32_t height_max)
{
    const struct vwr_vdev_setup s = begin(false);
    const struct vwr_vgpu_options o = {.ops = ops,
                                       .scanout = all.scanout,
                                       .scanout_count = 1,
                                       .resource = all.resource,
                                       .resource_count = 4,
                                       .entry = all.entry,
                                       .entry_count = 8,
                                       .memory = all.image,
                                       .memory_bytes = memory_bytes,
                                       .width_max = width_max,
                                       .height_max = height_max};

    all.scanout[0] = (struct vwr_vgpu_scanout){
        .width = 64, .height = 64, .resource = 1, .area = {.width = 64, .height = 64}, .cursor = 1, .x = 5};
    assert_int_equal(vwr_vgpu_init_with(&all.gpu, &s, &o), VWR_OK);
    start(vwr_vgpu_dev(&all.gpu));
}

static void start_gpu(const struct vwr_vgpu_ops *ops)
{
    start_gpu_with(ops, sizeof(all.image), 0, 0);
}

/* The response to a command on the control queue or the cursor queue. */
static uint32_t gpu(unsigned queue, const void *m, uint32_t bytes)
{
    vwr_le32 type;

    assert_int_equal(ask(queue, m, bytes, sizeof(struct vwr_gpu_ctrl_hdr)), sizeof(struct vwr_gpu_ctrl_hdr));
    memcpy(&type, answer(), sizeof(type));
    return vwr_le32_to_cpu(type);
}

static void create(uint32_t id, uint32_t width, uint32_t height)
{
    const struct vwr_gpu_resource_create_2d m = {.hdr.type = vwr_cpu_to_le32(VWR_GPU_CMD_RESOURCE_CREATE_2D),
                                                 .resource_id = vwr_cpu_to_le32(id),
                                                 .format = vwr_cpu_to_le32(VWR_GPU_FORMAT_B8G8R8A8_UNORM),
                                                 .width = vwr_cpu_to_le32(width),
                                                 .height = vwr_cpu_to_le32(height)};

    assert_int_equal(gpu(0, &m, sizeof(m)), VWR_GPU_RESP_OK_NODATA);
}

static void show(uint32_t id, uint32_t at, uint32_t side)
{
    const struct vwr_gpu_set_scanout m = {
        .hdr.type = vwr_cpu_to_le32(VWR_GPU_CMD_SET_SCANOUT),
        .r = {vwr_cpu_to_le32(at), vwr_cpu_to_le32(at), vwr_cpu_to_le32(side), vwr_cpu_to_le32(side)},
        .resource_id = vwr_cpu_to_le32(id)};

    assert_int_equal(gpu(0, &m, sizeof(m)), VWR_GPU_RESP_OK_NODATA);
}

static void flush_at(uint32_t id, uint32_t at, uint32_t width, uint32_t height)
{
    const struct vwr_gpu_resource_flush m = {
        .hdr.type = vwr_cpu_to_le32(VWR_GPU_CMD_RESOURCE_FLUSH),
        .r = {vwr_cpu_to_le32(at), vwr_cpu_to_le32(at), vwr_cpu_to_le32(width), vwr_cpu_to_le32(height)},
        .resource_id = vwr_cpu_to_le32(id)};

    assert_int_equal(gpu(0, &m, sizeof(m)), VWR_GPU_RESP_OK_NODATA);
}

static void flush(uint32_t id, uint32_t width, uint32_t height)
{
    flush_at(id, 0, width, height);
}

static uint32_t cursor(uint32_t type, uint32_t id, uint32_t hot_x, uint32_t hot_y)
{
    const struct vwr_gpu_update_cursor m = {.hdr.type = vwr_cpu_to_le32(type),
                                            .resource_id = vwr_cpu_to_le32(id),
                                            .hot_x = vwr_cpu_to_le32(hot_x),
                                            .hot_y = vwr_cpu_to_le32(hot_y)};

    return gpu(VWR_GPU_QUEUE_CURSORQ, &m, sizeof(m));
}

static uint32_t attach_bytes(uint32_t id, uint64_t first, uint64_t second, uint32_t bytes)
{
    const struct {
        struct vwr_gpu_resource_attach_backing head;
        struct vwr_gpu_mem_entry entry[2];
    } m = {{.hdr.type = vwr_cpu_to_le32(VWR_GPU_CMD_RESOURCE_ATTACH_BACKING),
            .resource_id = vwr_cpu_to_le32(id),
            .nr_entries = vwr_cpu_to_le32(2)},
           {{vwr_cpu_to_le64(first), vwr_cpu_to_le32(bytes), vwr_cpu_to_le32(0)},
            {vwr_cpu_to_le64(second), vwr_cpu_to_le32(bytes), vwr_cpu_to_le32(0)}}};

    return gpu(0, &m, sizeof(m));
}

static void attach(uint32_t id, uint64_t first, uint64_t second)
{
    assert_int_equal(attach_bytes(id, first, second, 32), VWR_GPU_RESP_OK_NODATA);
}

static uint32_t transfer_2d(uint32_t id, uint32_t side)
{
    const struct vwr_gpu_transfer_to_host_2d m = {
        .hdr.type = vwr_cpu_to_le32(VWR_GPU_CMD_TRANSFER_TO_HOST_2D),
        .r = {.width = vwr_cpu_to_le32(side), .height = vwr_cpu_to_le32(side)},
        .resource_id = vwr_cpu_to_le32(id)};

    return gpu(0, &m, sizeof(m));
}

static void gpu_without_hooks(void **state)
{
    static const struct vwr_vgpu_ops none;

    (void)state;
    start_gpu(&none);
    create(1, 4, 4);
    create(2, 64, 64);
    show(1, 0, 4);
    flush(1, 4, 4);
    assert_int_equal(cursor(VWR_GPU_CMD_UPDATE_CURSOR, 2, 1, 1), VWR_GPU_RESP_OK_NODATA);
    assert_int_equal(cursor(VWR_GPU_CMD_MOVE_CURSOR, 2, 1, 1), VWR_GPU_RESP_OK_NODATA);
    assert_int_equal(all.scanout[0].resource, 1);
    assert_int_equal(all.scanout[0].cursor, 2);
    end();
}

/* Images that are not cursors, and hot spots outside of the cursor. */
static void cursors_of_one_size(void **state)
{
    static const struct {
        uint32_t width, height, x, y;
        bool fits;
    } rows[] = {{64, 64, 63, 63, true},
                {32, 64, 0, 0, false},
                {64, 32, 0, 0, false},
                {64, 64, 64, 0, false},
                {64, 64, 0, 64, false}};
    static const struct vwr_vgpu_ops none;

    (void)state;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        start_gpu(&none);
        create(1, rows[i].width, rows[i].height);
        assert_int_equal(cursor(VWR_GPU_CMD_UPDATE_CURSOR, 1, rows[i].x, rows[i].y),
                         rows[i].fits ? VWR_GPU_RESP_OK_NODATA : VWR_GPU_RESP_ERR_INVALID_PARAMETER);
        assert_int_equal(all.scanout[0].cursor, rows[i].fits);
        end();
    }
}

/* Areas that a screen does not show are not flushed to it. */
static void flushes_what_is_shown(void **state)
{
    static const struct vwr_vgpu_ops ops = {.flush = count_flush};

    (void)state;
    start_gpu(&ops);
    create(1, 4, 4);
    show(1, 1, 2);
    flush(1, 1, 4); /* left of it */
    flush(1, 4, 1); /* above it */
    assert_int_equal(all.flushes, 0);
    flush(1, 2, 2);
    assert_int_equal(all.flushes, 1);
    end();
}

static struct vwr_vgpu_pixels shown;
static struct vwr_vgpu_flush flushed;

static void keep_pixels(struct vwr_vgpu *g, unsigned scanout, const struct vwr_vgpu_pixels *pixels)
{
    (void)g;
    assert_int_equal(scanout, 0);
    if (pixels != NULL)
        shown = *pixels;
}

static int keep_flush(struct vwr_vgpu *g, const struct vwr_vgpu_flush *f)
{
    flushed = *f;
    return count_flush(g, f);
}

/* A window of 3 x 2 pixels displays the upper left part of a larger image, and the hooks get no other. */
static void flushes_what_fits(void **state)
{
    static const struct vwr_vgpu_ops ops = {.scanout = keep_pixels, .flush = keep_flush};
    static const uint32_t sizes[][4] = {{3, 2, 3, 2}, {0, 0, 6, 6}, {3, 0, 3, 6}, {0, 2, 6, 2}, {9, 9, 6, 6}};

    (void)state;
    for (unsigned i = 0; i < VWR_COUNT(sizes); i++) {
        const uint32_t width = sizes[i][2], height = sizes[i][3];

        start_gpu_with(&ops, sizeof(all.image), sizes[i][0], sizes[i][1]);
        create(1, 8, 8);
        show(1, 1, 6);
        assert_true(shown.width == width && shown.height == height);
        flush(1, 8, 8);
        assert_true(flushed.area.x == 0 && flushed.area.y == 0 && flushed.last);
        assert_true(flushed.area.width == width && flushed.area.height == height);
        assert_memory_equal(&flushed.pixels, &shown, sizeof(shown));
        flush_at(1, 2, 6, 6); /* begins in the window */
        assert_true(flushed.area.width == width - 1 && flushed.area.height == height - 1);
        all.flushes = 0;
        flush_at(1, 6, 1, 1); /* the image's last pixel but one */
        assert_int_equal(all.flushes, width == 6 && height == 6);
        end();
    }
}

/* Empty ranges are not backing memory, and take no entry. */
static void backing_of_nothing(void **state)
{
    static const struct vwr_vgpu_ops none;

    (void)state;
    start_gpu(&none);
    create(1, 4, 4);
    for (unsigned i = 0; i < 8; i++)
        assert_int_equal(attach_bytes(1, GUEST_DATA, GUEST_DATA, 0), VWR_GPU_RESP_ERR_INVALID_PARAMETER);
    attach(1, GUEST_DATA, GUEST_DATA + 64);
    end();
}

/* A reset of the queue forgets a command, and not what a command has attached. */
static void keeps_backing(void **state)
{
    static const struct vwr_vgpu_ops none;
    struct guest *const g = &all.g;

    (void)state;
    start_gpu(&none);
    create(1, 4, 4);
    attach(1, GUEST_DATA + 0x2000, GUEST_DATA + 0x2040);
    guest_write(g, VWR_MMIO_QUEUE_SEL, 4, 0);
    guest_write(g, VWR_MMIO_QUEUE_RESET, 4, 1);
    memset(guest_at(g, GUEST_LOW, GUEST_RING_BYTES), 0, GUEST_RING_BYTES);
    guest_lay_out(g, 0, GUEST_QUEUE_MAX);
    assert_true(guest_set_queue(g, 0));
    assert_int_equal(transfer_2d(1, 4), VWR_GPU_RESP_OK_NODATA);
    end();
}

/* A screen initially shows nothing, whatever its memory contained; its memory exceeds 32 bits. */
static void screens_begin_empty(void **state)
{
    static const struct vwr_vgpu_ops ops = {.flush = count_flush};
    const size_t sizes[] = {sizeof(all.image), SIZE_MAX};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        start_gpu_with(&ops, sizes[i], 0, 0);
        assert_int_equal(all.scanout[0].width, 64);
        assert_int_equal(all.scanout[0].height, 64);
        create(1, 64, 64);
        flush(1, 64, 64);
        assert_int_equal(all.flushes, 0);
        assert_true(all.scanout[0].cursor == 0 && all.scanout[0].x == 0);
        show(1, 0, 64);
        flush(1, 64, 64);
        assert_int_equal(all.flushes, 1);
        end();
    }
}

/* Contiguous backing memory takes one entry; memory that the VMM removes is an error of the transfer. */
static void backing_memory(void **state)
{
    static const struct vwr_vgpu_ops none;

    (void)state;
    start_gpu(&none);
    create(1, 4, 4);
    create(2, 4, 4);
    attach(1, GUEST_DATA + 0x2000, GUEST_DATA + 0x2020);
    attach(2, GUEST_DATA + 0x2000, GUEST_DATA + 0x2040);
    assert_int_equal(all.gpu.resource[0].backing.count + all.gpu.resource[1].backing.count, 3);
    memset(guest_at(&all.g, GUEST_DATA + 0x2000, 64), 0x44, 64);
    assert_int_equal(transfer_2d(1, 4), VWR_GPU_RESP_OK_NODATA);
    assert_int_equal(transfer_2d(2, 4), VWR_GPU_RESP_OK_NODATA);
    all.g.vm.memory.region_count++;
    create(3, 4, 4);
    attach(3, GUEST_HUGE, GUEST_HUGE + 32);
    assert_int_equal(transfer_2d(3, 4), VWR_GPU_RESP_OK_NODATA);
    all.g.vm.memory.region_count--;
    assert_int_equal(transfer_2d(3, 4), VWR_GPU_RESP_ERR_UNSPEC);
    end();
}

/* The low bits of a number in a mode, and the upper bits in one half of another byte. */
static uint32_t edid_number(const uint8_t *edid, unsigned low, unsigned high, bool upper)
{
    return edid[low] | (uint32_t)(upper ? edid[high] >> 4 : edid[high] & 15) << 8;
}

/*
 * Each number of the mode of a screen, by VESA's E-EDID standard: at 96 pixels an inch if both sides have 10
 * cm, 60 times a second, or 30 times if the clock has no room. A clock is 10 MHz at least, so that a small
 * screen has blank lines up to 1036.
 */
static void edid_has_mode(void **state)
{
    static const uint32_t sizes[][2] = {{1, 1},      {320, 200},   {640, 480},   {1024, 768}, {1920, 1080},
                                        {2560, 255}, {3840, 2160}, {4095, 4095}, {255, 2560}};

    (void)state;
    for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        const uint32_t width = sizes[i][0], height = sizes[i][1];
        uint32_t mm[2] = {width * 254 / 960, height * 254 / 960};
        uint32_t lines = height + 16 + height / 64;
        uint8_t edid[VWR_VGPU_EDID_BYTES];
        uint32_t pixels, rate;

        if (mm[0] < 100 || mm[1] < 100)
            mm[0] = mm[1] = 0;
        if ((width + 160) * lines * 60 < 10000000)
            lines = 1036;
        vwr_vgpu_edid(edid, 2, width, height);
        assert_int_equal(edid[12], 3); /* the serial number */
        assert_int_equal(edid[21], (mm[0] + 5) / 10);
        assert_int_equal(edid[22], (mm[1] + 5) / 10);
        assert_int_equal(edid_number(edid, 56, 58, true), width);
        assert_int_equal(edid_number(edid, 57, 58, false), 160);
        assert_int_equal(edid_number(edid, 59, 61, true), height);
        assert_int_equal(edid_number(edid, 60, 61, false), lines - height);
        assert_int_equal(edid_number(edid, 66, 68, true), mm[0]);
        assert_int_equal(edid_number(edid, 67, 68, false), mm[1]);
        pixels = (width + 160) * lines;
        rate = pixels * 60 / 10000 > UINT16_MAX ? 30 : 60;
        assert_int_equal(edid[54] | edid[55] << 8, pixels * rate / 10000);
    }
}

/* A screen has both sides, or none; the EDID of one without is that of the default size. */
static void screens_without_a_side(void **state)
{
    static const struct vwr_vgpu_ops none;
    uint8_t edid[VWR_VGPU_EDID_BYTES], without[VWR_VGPU_EDID_BYTES];

    (void)state;
    start_gpu(&none);
    assert_int_equal(vwr_vgpu_resize(&all.gpu, 0, 0, 5), VWR_EINVAL);
    assert_int_equal(vwr_vgpu_resize(&all.gpu, 0, 5, 0), VWR_EINVAL);
    assert_int_equal(all.scanout[0].width, 64);
    assert_int_equal(vwr_vgpu_resize(&all.gpu, 0, 0, 0), VWR_OK);
    assert_int_equal(all.scanout[0].width, 0);
    vwr_vgpu_edid(without, 0, 0, 0);
    vwr_vgpu_edid(edid, 0, 800, 0);
    assert_memory_equal(edid, without, sizeof(edid));
    vwr_vgpu_edid(edid, 0, 0, 600);
    assert_memory_equal(edid, without, sizeof(edid));
    vwr_vgpu_edid(edid, 0, 800, 600);
    assert_memory_not_equal(edid, without, sizeof(edid));
    end();
}

/* ---- disks ---- */

#define DATA (GUEST_DATA + 0x2000u)
#define PART 4096u

/* A request of `bytes` at DATA, which the device fills if it is a read. Its status is at IN; used.len, or -1.
 */
static int64_t ask_disk(uint32_t type, uint64_t sector, uint32_t bytes)
{
    const struct vwr_blk_req_out head = {.type = vwr_cpu_to_le32(type), .sector = vwr_cpu_to_le64(sector)};
    const struct guest_desc d[] = {
        {OUT, sizeof(head), 0, 0}, {DATA, bytes, type == VWR_BLK_T_IN ? WRITE : 0, 0}, {IN, 1, WRITE, 0}};

    memset(guest_at(&all.g, IN, IN_BYTES), POISON, IN_BYTES);
    memcpy(guest_at(&all.g, OUT, sizeof(head)), &head, sizeof(head));
    hostile_send(&all.g, 0, d, 3);
    return hostile_take(&all.g, 0);
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    all.last = r;
    all.ticket = vwr_vblk_ticket(r);
    all.sector = r->sector;
    all.submits++;
    for (unsigned i = 0; i < r->ranges; i++)
        all.sectors += r->range[i].sectors;
    if (all.resets)
        vwr_vdev_reset(&all.blk_disk.dev);
    if (all.fulls != 0 && all.fulls-- != 0)
        return VWR_EFULL;
    return all.result;
}

static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    (void)be;
    (void)b;
    (void)queue;
    all.drains++;
}

static const struct vwr_vblk_backend_ops disk_ops = {.submit = submit, .drain = drain};
static const struct vwr_vblk_backend_ops disk_without_drain = {.submit = submit};

static struct vwr_vblk_options disk_options(const struct vwr_vblk_backend *be)
{
    const struct vwr_vblk_options o = {.backend = &all.disk,
                                       .req = all.req,
                                       .req_count = MESSAGES,
                                       .seg = all.seg,
                                       .seg_count = MESSAGES * SEGS};

    all.disk = *be;
    return o;
}

static void start_disk(const struct vwr_vblk_backend *be)
{
    struct vwr_vdev_setup s = begin(false);
    const struct vwr_vblk_options o = disk_options(be);

    s.queue_count = 1;
    assert_int_equal(vwr_vblk_init_with(&all.blk_disk, &s, &o), VWR_OK);
    start(&all.blk_disk.dev);
}

/* A back end that cannot be drained keeps its request beyond a reset: the late answer is counted. */
static void disk_without_drains(void **state)
{
    static const struct vwr_vblk_backend be = {.ops = &disk_without_drain, .sectors = 64, .block_bytes = 512};

    (void)state;
    start_disk(&be);
    all.result = VWR_LATER;
    assert_int_equal(ask_disk(VWR_BLK_T_IN, 0, 512), -1);
    assert_true(guest_start(&all.g));
    vwr_vblk_done(all.last, all.ticket, VWR_OK);
    assert_int_equal(all.g.dev->stats.late, 1);
    assert_int_equal(vwr_vblk_in_flight(&all.blk_disk), 0);
    end();
}

/* A disk whose bytes 64 bits do not count: requests are checked by sectors. */
static void largest_disk(void **state)
{
    const uint64_t sectors = UINT64_C(1) << 56;
    const struct vwr_vblk_backend be = {.ops = &disk_ops, .sectors = sectors, .block_bytes = 512};

    (void)state;
    start_disk(&be);
    assert_int_equal(ask_disk(VWR_BLK_T_OUT, sectors - 1, 512), 1);
    assert_int_equal(answer()[0], VWR_BLK_S_OK);
    assert_int_equal(all.sector, sectors - 1);
    assert_int_equal(ask_disk(VWR_BLK_T_OUT, sectors, 512), 1);
    assert_int_equal(answer()[0], VWR_BLK_S_IOERR);
    assert_int_equal(ask_disk(VWR_BLK_T_OUT, UINT64_C(1) << 55, 512), 1);
    assert_int_equal(all.sector, UINT64_C(1) << 55);
    assert_int_equal(all.submits, 2);
    end();
}

/* Parts of a block that is larger than a page. */
static void parts_of_large_blocks(void **state)
{
    static const struct vwr_vblk_backend be = {
        .ops = &disk_ops, .sectors = 64, .block_bytes = 8192, .bytes_max = 12288};

    (void)state;
    start_disk(&be);
    assert_int_equal(ask_disk(VWR_BLK_T_OUT, 0, 16384), 1);
    assert_int_equal(answer()[0], VWR_BLK_S_OK);
    assert_int_equal(all.submits, 2);
    assert_int_equal(all.sector, 16);
    end();
}

/* A part of a range for which the back end has no space is the same part later. */
static void range_waits(void **state)
{
    static const struct vwr_vblk_backend be = {.ops = &disk_ops,
                                               .sectors = 64,
                                               .block_bytes = 512,
                                               .bytes_max = PART,
                                               .write_zeroes = true,
                                               .write_zeroes_sectors = 64};
    const struct vwr_blk_discard_write_zeroes range = {vwr_cpu_to_le64(0), vwr_cpu_to_le32(20),
                                                       vwr_cpu_to_le32(0)};

    (void)state;
    start_disk(&be);
    memcpy(guest_at(&all.g, DATA, sizeof(range)), &range, sizeof(range));
    all.fulls = 1;
    assert_int_equal(ask_disk(VWR_BLK_T_WRITE_ZEROES, 0, sizeof(range)), -1);
    assert_int_equal(all.submits, 1);
    assert_int_equal(all.sectors, PART / 512);
    assert_true(vwr_vm_uses(&all.g.vm, DATA, sizeof(range)));
    assert_false(vwr_vm_uses(&all.g.vm, GUEST_HIGH, PART));
    vwr_vblk_resume(&all.blk_disk);
    hostile_used(&all.g, 0, 1);
    assert_int_equal(answer()[0], VWR_BLK_S_OK);
    assert_int_equal(all.submits, 4);
    assert_int_equal(all.sectors, PART / 512 + 20);
    end();
}

/* A back end that resets the device when it receives a part: no part of the request continues. */
static void resets_within_parts(void **state)
{
    static const struct vwr_vblk_backend be = {
        .ops = &disk_ops, .sectors = 64, .block_bytes = 512, .bytes_max = PART};

    (void)state;
    for (unsigned full = 0; full < 2; full++) {
        start_disk(&be);
        all.resets = true;
        all.fulls = full;
        assert_int_equal(ask_disk(VWR_BLK_T_IN, 0, 3 * PART), -1);
        assert_int_equal(all.submits, 1);
        assert_int_equal(guest_status(&all.g), 0);
        assert_int_equal(vwr_vblk_in_flight(&all.blk_disk), 0);
        all.resets = false;
        assert_true(guest_start(&all.g));
        assert_int_equal(ask_disk(VWR_BLK_T_IN, 0, 2 * PART), 2 * PART + 1);
        end();
    }
}

/* The properties of its back end and its queue that a disk reports to its driver. */
static void disk_says_what_it_is(void **state)
{
    static const struct {
        uint8_t exp;
        uint16_t min;
        uint32_t opt;
    } sizes[] = {{0, 0, 0}, {1, 0, 0}, {0, 2, 0}, {0, 0, 2}};
    static const struct {
        uint16_t queue;
        uint32_t seg_max;
    } queues[] = {{2, SEGS - 2}, {4, 2}, {16, 14}};
    const struct vwr_vblk_backend be = {.ops = &disk_ops, .sectors = 64, .block_bytes = 512};
    struct vwr_vdev_setup s = begin(false);
    const struct vwr_vblk_options o = disk_options(&be);

    (void)state;
    s.queue_count = 1;
    all.g.vm.memory.region_count = 1; /* and so no border in guest memory */
    for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        all.disk.physical_block_exp = sizes[i].exp;
        all.disk.min_io_size = sizes[i].min;
        all.disk.opt_io_size = sizes[i].opt;
        assert_int_equal(vwr_vblk_init_with(&all.blk_disk, &s, &o), VWR_OK);
        assert_int_equal(vwr_features_have(&all.blk_disk.dev.offered, VWR_BLK_F_TOPOLOGY), i != 0);
    }
    for (unsigned i = 0; i < sizeof(queues) / sizeof(queues[0]); i++) {
        s.queue_size = queues[i].queue;
        assert_int_equal(vwr_vblk_init_with(&all.blk_disk, &s, &o), VWR_OK);
        assert_int_equal(vwr_le32_to_cpu(all.blk_disk.config.seg_max), queues[i].seg_max);
    }
    guest_end(&all.g);
}

/* Zones of the back end that a guest can have, and those of a table that fit the disk. */
static void disk_has_zones(void **state)
{
    static const struct {
        uint64_t first;
        uint32_t zone_sectors;
        uint8_t model;
        int result;
        bool has;
    } rows[] = {{0, 16, VWR_BLK_Z_HM, VWR_OK, true},        {0, 12, VWR_BLK_Z_HM, VWR_EUNSUPP, false},
                {0, 12, VWR_BLK_Z_HA, VWR_OK, false},       {0, 16, VWR_BLK_Z_HA, VWR_OK, true},
                {16, 16, VWR_BLK_Z_HM, VWR_EUNSUPP, false}, {16, 16, VWR_BLK_Z_HA, VWR_OK, false}};
    const struct vwr_vblk_backend be = {.ops = &disk_ops, .sectors = 64, .block_bytes = 512};
    struct vwr_vdev_setup s = begin(false);
    struct vwr_vblk_options o = disk_options(&be);

    (void)state;
    all.zones = (struct vwr_vblk_zones){.zone_count = 4};
    all.disk.zones = &all.zones;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        all.zones.zone_sectors = rows[i].zone_sectors;
        all.zones.model = rows[i].model;
        o.first = rows[i].first;
        if (vwr_vblk_init_with(&all.blk_disk, &s, &o) != rows[i].result)
            fail_msg("row %u", i);
        assert_int_equal(all.blk_disk.zones != NULL, rows[i].has);
        if (rows[i].has)
            assert_int_equal(vwr_vblk_resize(&all.blk_disk, 32), VWR_ERANGE);
    }
    all.disk.zones = NULL;
    all.disk.sectors = 128;
    o.first = 0;
    o.zones = &all.zones;
    all.zones = (struct vwr_vblk_zones){
        .zone = all.zone, .zone_count = 1, .zone_sectors = 128, .model = VWR_BLK_Z_HM};
    assert_int_equal(vwr_vblk_init_with(&all.blk_disk, &s, &o), VWR_OK);
    assert_int_equal(vwr_vblk_resize(&all.blk_disk, 32), VWR_ERANGE);
    all.disk.sectors = 0;
    assert_int_equal(vwr_vblk_init_with(&all.blk_disk, &s, &o), VWR_ERANGE);
    guest_end(&all.g);
}

/* ---- SCSI ---- */

/* Nonexistent units; the segments of a command in a queue that has hardly any. */
static void scsi_units(void **state)
{
    static const struct vwr_vblk_backend_ops ops;
    struct vwr_vdev_setup s = begin(false);
    struct vwr_vscsi_options o = {.unit = all.unit,
                                  .unit_count = 2,
                                  .max_target = 1,
                                  .message = all.message,
                                  .call = all.call,
                                  .message_count = MESSAGES - 1,
                                  .call_count = MESSAGES - 1,
                                  .seg = all.seg,
                                  .seg_count = VWR_COUNT(all.seg)};
    struct vwr_vt10_unit unit = {.backend = &all.disk, .target = 2};
    static const struct {
        uint16_t queue;
        uint16_t segs;
        uint16_t limit; /* the VMM's own */
        uint32_t seg_max;
    } rows[] = {{2, SEGS, 0, SEGS - 2}, {4, SEGS, 0, 2}, {16, SEGS, 0, 14}, {16, 10, 0, 8},
                {16, 3, 0, 1},          {16, 2, 0, 1},   {16, SEGS, 6, 6},  {16, 10, 9, 8}};

    (void)state;
    all.disk = (struct vwr_vblk_backend){.ops = &ops, .sectors = 64, .block_bytes = 512};
    all.g.vm.memory.region_count = 1; /* and so no border in guest memory */
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        memset(all.unit, 0, sizeof(all.unit));
        s.queue_size = rows[i].queue;
        o.seg_count = VWR_VSCSI_SEGS(MESSAGES - 1u, rows[i].segs);
        o.seg_max = rows[i].limit;
        assert_int_equal(vwr_vscsi_init_with(&all.scsi, &s, &o), VWR_OK);
        assert_int_equal(vwr_le32_to_cpu(all.scsi.service.config.seg_max), rows[i].seg_max);
    }
    assert_int_equal(vwr_vscsi_add(&all.scsi, &unit), VWR_EINVAL);
    unit.target = 1;
    unit.backend = NULL;
    assert_int_equal(vwr_vscsi_add(&all.scsi, &unit), VWR_EINVAL);
    unit.backend = &all.disk;
    assert_int_equal(vwr_vscsi_add(&all.scsi, &unit), VWR_OK);
    assert_int_equal(vwr_vscsi_add(&all.scsi, &unit), VWR_EINVAL); /* it is there */
    unit.lun = 1;
    unit.first = 64; /* behind the last sector */
    assert_int_equal(vwr_vscsi_add(&all.scsi, &unit), VWR_ERANGE);
    unit.first = 63;
    unit.sectors = 2;
    assert_int_equal(vwr_vscsi_add(&all.scsi, &unit), VWR_ERANGE);
    unit.sectors = 0; /* the rest */
    assert_int_equal(vwr_vscsi_add(&all.scsi, &unit), VWR_OK);
    assert_int_equal(all.unit[1].sectors, 1);
    unit.lun = 2;
    assert_int_equal(vwr_vscsi_add(&all.scsi, &unit), VWR_EFULL);
    guest_end(&all.g);
}

static int read_zeroes(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    for (unsigned i = 0; i < r->segs; i++)
        memset(r->seg[i].at, 0, r->seg[i].len);
    return VWR_OK;
}

/* A read for which the budget has no room, of unit 0. */
static void send_read(void)
{
    const struct vwr_scsi_command_msg m = {.lun = {VWR_SCSI_LUN_UNIT}, .id = TASK};
    const uint32_t head = sizeof(struct vwr_scsi_command_msg_form);
    const uint32_t back = sizeof(struct vwr_scsi_command_answer_form) + VWR_SCSI_SENSE_DEFAULT_SIZE;
    const struct guest_desc d[] = {{OUT, head + VWR_SCSI_CDB_DEFAULT_SIZE, 0, 0},
                                   {GUEST_HIGH, back + READ, WRITE, 0}};
    uint8_t *const at = guest_at(&all.g, d[0].addr, d[0].len);

    memset(at, 0, d[0].len);
    vwr_scsi_command_msg_encode((void *)at, false, &m);
    vwr_t10_blocks(at + head, VWR_T10_READ_10, 0, READ / 512);
    hostile_send(&all.g, VWR_SCSI_QUEUE_REQUESTQ, d, 2);
}

/* The response to a task management function of a target. */
static uint8_t manage(uint8_t target, uint32_t subtype, uint64_t id)
{
    const struct vwr_scsi_tmf_msg m = {.subtype = subtype, .lun = {VWR_SCSI_LUN_UNIT, target}, .id = id};
    struct vwr_scsi_tmf_msg_form form;

    vwr_scsi_tmf_msg_encode(&form, false, &m);
    assert_int_equal(ask(VWR_SCSI_QUEUE_CONTROLQ, &form, sizeof(form), 1), 1);
    return answer()[0];
}

/* A read that waits for its next part; there may be memory for it alone. */
static void start_reading(uint16_t requests)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = read_zeroes};
    const struct vwr_vscsi_options o = {.unit = all.unit,
                                        .unit_count = 2,
                                        .max_target = 1,
                                        .message = all.message,
                                        .call = all.call,
                                        .message_count = requests,
                                        .call_count = requests,
                                        .seg = all.seg,
                                        .seg_count = VWR_COUNT(all.seg)};
    struct vwr_vdev_setup s = begin(false);

    s.budget_bytes = READ / 4;
    all.disk = (struct vwr_vblk_backend){.ops = &ops, .sectors = 64, .block_bytes = 512};
    all.unit[0] = (struct vwr_vt10_unit){.backend = &all.disk};
    assert_int_equal(vwr_vscsi_init_with(&all.scsi, &s, &o), VWR_OK);
    start(vwr_vscsi_dev(&all.scsi));
    all.unit[0].attention = 0;
    send_read();
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[VWR_SCSI_QUEUE_REQUESTQ]), 1);
}

/*
 * A command can be managed until the device is reset; an impossible target cannot be managed by any function.
 */
static void scsi_tasks(void **state)
{
    (void)state;
    start_reading(2);
    assert_int_equal(manage(0, VWR_SCSI_T_TMF_QUERY_TASK, TASK), VWR_SCSI_S_FUNCTION_SUCCEEDED);
    assert_int_equal(manage(0, VWR_SCSI_T_TMF_QUERY_TASK, TASK + 1), VWR_SCSI_S_FUNCTION_COMPLETE);
    assert_int_equal(manage(1, VWR_SCSI_T_TMF_I_T_NEXUS_RESET, 0), VWR_SCSI_S_BAD_TARGET);
    assert_int_equal(manage(0, VWR_SCSI_T_TMF_I_T_NEXUS_RESET, 0), VWR_SCSI_S_FUNCTION_COMPLETE);
    assert_int_equal(manage(0, VWR_SCSI_T_TMF_QUERY_TASK, TASK), VWR_SCSI_S_FUNCTION_COMPLETE);
    end();
    start_reading(1);
    guest_write(&all.g, VWR_MMIO_STATUS, sizeof(uint32_t), 0);
    assert_true(guest_start(&all.g));
    assert_int_equal(manage(0, VWR_SCSI_T_TMF_QUERY_TASK, TASK), VWR_SCSI_S_FUNCTION_COMPLETE);
    assert_int_equal(manage(0, VWR_SCSI_T_TMF_QUERY_TASK_SET, 0), VWR_SCSI_S_FUNCTION_COMPLETE);
    end();
}

/* ---- registers ---- */

/* A nonexistent queue is not being reset. */
static void has_no_other_queue(void **state)
{
    (void)state;
    start_disk(&(const struct vwr_vblk_backend){.ops = &disk_ops, .sectors = 64, .block_bytes = 512});
    guest_write(&all.g, VWR_MMIO_QUEUE_SEL, 4, 9);
    assert_int_equal(guest_read(&all.g, VWR_MMIO_QUEUE_RESET, 4), 0);
    assert_int_equal(guest_read(&all.g, VWR_MMIO_QUEUE_READY, 4), 0);
    guest_write(&all.g, VWR_MMIO_QUEUE_SEL, 4, 0);
    vwr_vdev_set_unsafe(all.g.dev, true);
    guest_write(&all.g, VWR_MMIO_QUEUE_RESET, 4, 1);
    assert_int_equal(guest_read(&all.g, VWR_MMIO_QUEUE_RESET, 4), 1);
    vwr_vdev_set_unsafe(all.g.dev, false);
    assert_int_equal(guest_read(&all.g, VWR_MMIO_QUEUE_RESET, 4), 0);
    end();
}

/* ---- generated services ---- */

static int scsi_command(struct vwr_blk_vservice *s, struct vwr_vmessage *x,
                        const struct vwr_blk_scsi_cmd_msg *m, struct vwr_blk_scsi_cmd_answer *a)
{
    (void)s;
    (void)m;
    (void)a;
    all.ticket = vwr_vmessage_ticket(x);
    return VWR_LATER;
}

static int scsi_command_out(struct vwr_blk_vservice *s, struct vwr_vmessage *x,
                            const struct vwr_blk_scsi_cmd_out_msg *m, struct vwr_blk_scsi_cmd_out_answer *a)
{
    (void)s;
    (void)m;
    (void)a;
    all.ticket = vwr_vmessage_ticket(x);
    return VWR_LATER;
}

static int scsi_command_at_once(struct vwr_blk_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_blk_scsi_cmd_msg *m, struct vwr_blk_scsi_cmd_answer *a)
{
    (void)s;
    (void)x;
    (void)m;
    memset(a->sense, 0x51, sizeof(a->sense));
    a->errors = 0x52;
    a->data_len = 0x53;
    a->sense_len = 0x54;
    a->residual = 0x55;
    return VWR_OK;
}

static int scsi_command_out_at_once(struct vwr_blk_vservice *s, struct vwr_vmessage *x,
                                    const struct vwr_blk_scsi_cmd_out_msg *m,
                                    struct vwr_blk_scsi_cmd_out_answer *a)
{
    (void)s;
    (void)x;
    (void)m;
    memset(a->sense, 0x51, sizeof(a->sense));
    a->errors = 0x52;
    a->data_len = 0x53;
    a->sense_len = 0x54;
    a->residual = 0x55;
    return VWR_OK;
}

/* The answer of both at once, in front of the status. */
static void check_scsi_answer(void)
{
    const uint8_t *const at = answer();
    const struct vwr_blk_scsi_pc_in *const a = (const struct vwr_blk_scsi_pc_in *)(const void *)at;

    for (unsigned i = 0; i < sizeof(a->sense); i++)
        assert_int_equal(a->sense[i], 0x51);
    assert_int_equal(vwr_guest32(true, a->errors), 0x52);
    assert_int_equal(vwr_guest32(true, a->data_len), 0x53);
    assert_int_equal(vwr_guest32(true, a->sense_len), 0x54);
    assert_int_equal(vwr_guest32(true, a->residual), 0x55);
}

/* The commands of the legacy interface that no client of ours sends: refused, at once, and later. */
static void scsi_commands_of_a_disk(void **state)
{
    static const struct vwr_blk_vservice_calls calls[] = {
        {.scsi_cmd = NULL},
        {.scsi_cmd = scsi_command_at_once, .scsi_cmd_out = scsi_command_out_at_once},
        {.scsi_cmd = scsi_command, .scsi_cmd_out = scsi_command_out}};
    const uint32_t room = sizeof(struct vwr_blk_scsi_cmd_answer_form);

    (void)state;
    for (unsigned i = 0; i < 3; i++)
        for (unsigned out = 0; out < 2; out++) {
            struct vwr_vdev_setup s = begin(true);
            const struct vwr_service_memory m = memory();
            struct vwr_features features = {{1u << VWR_BLK_F_SCSI}};
            const uint32_t type = out != 0 ? VWR_BLK_T_SCSI_CMD_OUT : VWR_BLK_T_SCSI_CMD;
            const struct vwr_blk_req_out head = {.type = vwr_guest32(true, type)};
            int64_t used;

            s.queue_count = 1;
            assert_int_equal(vwr_blk_vservice_init(&all.blk, &s, &features, &calls[i], &m, NULL), VWR_OK);
            all.g.page_size = all.g.align = 4096;
            start(&all.blk.service.dev);
            used = ask(0, &head, sizeof(head), room);
            if (i == 2) {
                assert_int_equal(used, -1);
                vwr_vmessage_answer(&all.message[0], all.ticket, VWR_OK, NULL);
                used = hostile_take(&all.g, 0);
            }
            assert_int_equal(used, room);
            assert_int_equal(answer()[room - 1], i == 0 ? VWR_BLK_S_UNSUPP : VWR_BLK_S_OK);
            if (i == 1)
                check_scsi_answer();
            end();
        }
}

static uint32_t take(struct vwr_console_vservice *s, uint16_t number, const uint8_t *bytes, uint32_t n)
{
    (void)s;
    (void)bytes;
    assert_int_equal(number, 0);
    all.taken += n;
    return n;
}

static void posted(struct vwr_console_vservice *s, uint16_t queue)
{
    (void)s;
    all.posted += queue == vwr_console_queue_port_transmitq_at(0);
}

/* Ports that the configuration has, and ports for which the VMM has memory. */
static void console_ports(void **state)
{
    static const struct vwr_console_vservice_calls calls = {.port_transmitq = take, .posted = posted};
    static const struct {
        uint32_t ports;
        unsigned streams;
        bool takes;
    } rows[] = {{2, 1, true}, {2, 0, false}, {1, 1, false}, {0, 1, false}};

    (void)state;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct vwr_vdev_setup s = begin(false);
        const struct vwr_service_memory m = memory();
        struct vwr_features features = {{1u << VWR_CONSOLE_F_MULTIPORT}};
        const uint16_t queue = (uint16_t)vwr_console_queue_port_transmitq_at(0);

        s.queue_count = 6;
        assert_int_equal(vwr_console_vservice_init(&all.console, &s, &features, &calls, &m, NULL), VWR_OK);
        all.console.config.max_nr_ports = vwr_cpu_to_le32(rows[i].ports);
        all.console.port_transmitq = &all.stream;
        all.console.port_transmitq_count = (uint16_t)rows[i].streams;
        start(&all.console.service.dev);
        all.posted = 0;
        assert_int_equal(ask(VWR_CONSOLE_QUEUE_TRANSMITQ, "abc", 3, 0), 0); /* nobody takes them */
        assert_int_equal(ask(queue, "abc", 3, 0), rows[i].takes ? 0 : -1);
        assert_int_equal(all.taken, rows[i].takes ? 3 : 0);
        assert_int_equal(all.posted != 0, !rows[i].takes);
        all.stream.done = 7; /* a reset of the queue forgets it, if the queue is that of a stream */
        guest_write(&all.g, VWR_MMIO_QUEUE_SEL, 4, queue);
        guest_write(&all.g, VWR_MMIO_QUEUE_RESET, 4, 1);
        assert_int_equal(all.stream.done, rows[i].takes ? 0 : 7);
        end();
    }
}

/* The segments of a chain come in parts; the VMM does not take all bytes of the first one at once. */
static uint32_t take_some(struct vwr_console_vservice *s, const uint8_t *bytes, uint32_t n)
{
    (void)s;
    if (all.fulls != 0 && all.taken == 3)
        return 0;
    for (uint32_t i = 0; i < n; i++)
        assert_int_equal(bytes[i], 'a' + all.taken + i);
    all.taken += n;
    return n;
}

/*
 * A chain with a table at its end: the bytes arrive in order, also if the VMM stops in the middle. What is
 * put into buffers ends with the budget.
 */
static void console_bytes(void **state)
{
    static const struct vwr_console_vservice_calls calls = {.transmitq = take_some};
    const struct vwr_service_memory m = memory();
    const struct vwr_features none = {{0}};
    struct guest_desc d[6];
    struct vwr_vdev_setup s;

    (void)state;
    for (unsigned stops = 0; stops < 2; stops++) {
        s = begin(false);
        s.queue_count = 2;
        s.budget_bytes = 800;
        assert_int_equal(vwr_console_vservice_init(&all.console, &s, &none, &calls, &m, NULL), VWR_OK);
        start(&all.console.service.dev);
        all.fulls = stops;
        memcpy(guest_at(&all.g, OUT, 7), "abcdefg", 7);
        for (unsigned i = 0; i < 5; i++)
            d[i] = (struct guest_desc){OUT + i, 1, 0, 0};
        d[5] = (struct guest_desc){OUT + 0x100, 32, VWR_VIRTQ_DESC_F_INDIRECT, 0};
        guest_put_desc(&all.g, OUT + 0x100, 0, &(struct guest_desc){OUT + 5, 1, VWR_VIRTQ_DESC_F_NEXT, 1});
        guest_put_desc(&all.g, OUT + 0x100, 1, &(struct guest_desc){OUT + 6, 1, 0, 0});
        hostile_send(&all.g, VWR_CONSOLE_QUEUE_TRANSMITQ, d, 6);
        assert_int_equal(all.taken, stops != 0 ? 3 : 7);
        all.fulls = 0;
        vwr_service_resume(&all.console.service, VWR_CONSOLE_QUEUE_TRANSMITQ, &all.console.transmitq);
        assert_int_equal(all.taken, 7);
        hostile_used(&all.g, VWR_CONSOLE_QUEUE_TRANSMITQ, 0);
        for (unsigned i = 0; i < 2; i++)
            hostile_send_one(&all.g, VWR_CONSOLE_QUEUE_RECEIVEQ, IN, IN_BYTES, WRITE);
        assert_in_range(
            vwr_service_put(&all.console.service, VWR_CONSOLE_QUEUE_RECEIVEQ, all.map, 2 * IN_BYTES), 1, 800);
        assert_true(hostile_take(&all.g, VWR_CONSOLE_QUEUE_RECEIVEQ) > 0);
        hostile_unused(&all.g, VWR_CONSOLE_QUEUE_RECEIVEQ);
        end();
    }
}

static int read_entropy(struct vwr_entropy_vservice *s, struct vwr_vmessage *x)
{
    (void)s;
    (void)vwr_vmessage_write(x, "z", 1);
    return VWR_OK;
}

/* A buffer without a byte to fill is not a request. */
static void entropy_without_room(void **state)
{
    static const struct vwr_entropy_vservice_calls calls = {.read = read_entropy};
    struct vwr_vdev_setup s = begin(false);
    const struct vwr_service_memory m = memory();
    const struct vwr_features none = {{0}};

    (void)state;
    s.queue_count = 1;
    assert_int_equal(vwr_entropy_vservice_init(&all.entropy, &s, &none, &calls, &m, NULL), VWR_OK);
    start(&all.entropy.service.dev);
    hostile_send_one(&all.g, 0, IN, 0, WRITE);
    hostile_used(&all.g, 0, 0);
    assert_int_equal(ask(0, NULL, 0, 5), 1);
    assert_int_equal(answer()[0], 'z');
    end();
}

static int read_blocks(struct vwr_rpmb_vservice *s, struct vwr_vmessage *x,
                       const struct vwr_rpmb_data_read_msg *m)
{
    (void)s;
    (void)x;
    all.taken = m->block_count;
    return VWR_OK;
}

/* A limit of blocks; 0 is none. */
static void rpmb_limit(void **state)
{
    static const struct vwr_rpmb_vservice_calls calls = {.data_read = read_blocks};
    static const struct {
        uint8_t limit;
        uint16_t count;
        unsigned taken;
    } rows[] = {{0, 2, 2}, {2, 2, 2}, {1, 2, 0}};

    (void)state;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct vwr_vdev_setup s = begin(false);
        const struct vwr_service_memory m = memory();
        const struct vwr_features none = {{0}};
        struct vwr_rpmb_frame frame = {.block_count = vwr_cpu_to_be16(rows[i].count),
                                       .req_resp = vwr_cpu_to_be16(VWR_RPMB_REQ_DATA_READ)};

        s.queue_count = 1;
        assert_int_equal(vwr_rpmb_vservice_init(&all.rpmb, &s, &none, &calls, &m, NULL), VWR_OK);
        all.rpmb.config.max_rd_cnt = rows[i].limit;
        start(&all.rpmb.service.dev);
        (void)ask(0, &frame, sizeof(frame), 2 * sizeof(frame));
        assert_int_equal(all.taken, rows[i].taken);
        end();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(balloon_without_hooks),
        cmocka_unit_test(hints_end_once),
        cmocka_unit_test(gpio_without_hooks),
        cmocka_unit_test(i2c_data),
        cmocka_unit_test(pmem_region),
        cmocka_unit_test(clock_fails),
        cmocka_unit_test(input_without_hooks),
        cmocka_unit_test(gpu_without_hooks),
        cmocka_unit_test(cursors_of_one_size),
        cmocka_unit_test(flushes_what_is_shown),
        cmocka_unit_test(flushes_what_fits),
        cmocka_unit_test(backing_memory),
        cmocka_unit_test(backing_of_nothing),
        cmocka_unit_test(keeps_backing),
        cmocka_unit_test(screens_begin_empty),
        cmocka_unit_test(edid_has_mode),
        cmocka_unit_test(screens_without_a_side),
        cmocka_unit_test(scsi_units),
        cmocka_unit_test(scsi_tasks),
        cmocka_unit_test(scsi_commands_of_a_disk),
        cmocka_unit_test(console_ports),
        cmocka_unit_test(console_bytes),
        cmocka_unit_test(entropy_without_room),
        cmocka_unit_test(rpmb_limit),
        cmocka_unit_test(disk_without_drains),
        cmocka_unit_test(largest_disk),
        cmocka_unit_test(parts_of_large_blocks),
        cmocka_unit_test(range_waits),
        cmocka_unit_test(resets_within_parts),
        cmocka_unit_test(disk_says_what_it_is),
        cmocka_unit_test(disk_has_zones),
        cmocka_unit_test(has_no_other_queue),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
