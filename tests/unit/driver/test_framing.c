/* SPDX-License-Identifier: MIT */
#include "classes.h"

#include <stdio.h>
#include <string.h>

/*
 * The segments of what each class sends from its open on, without indirect tables. Some devices accept only
 * the framing of Linux's drivers (quirks blk.framing-of-linux, blk.parts-by-themselves, fs.four-descriptors).
 * Each row names the function of Linux that has the same segments, and the differences.
 */

#define LINES_MAX 16u
#define LINE_BYTES 64u

struct framing {
    const struct driver_class *class; /* NULL: the disk */
    const char *linux;
    /* "2: 16> <512 <1": a buffer of queue 2 with 16 bytes that the device reads, and 512 and 1 that it writes
     */
    const char *lines[LINES_MAX];
};

static const struct framing rows[] = {
    {NULL,
     "drivers/block/virtio_blk.c, virtblk_add_req()",
     {"0: 16> <512 <1", "0: 16> 512> <1", "0: 16> <1", "0: 16> <20 <1"}},
    /* Linux sends header and frame as one segment if there is room before the frame. */
    {&class_net,
     "drivers/net/virtio_net.c, virtnet_send_command(), xmit_skb(), add_recvbuf_mergeable()",
     {"4: 2> 1> <1", "4: 2> 6> <1", "4: 2> 16> 16> <1", "4: 2> 2> <1", "4: 2> 8> <1", "1: 12> 100>",
      "3: 12> 100>", "0: <2048", "2: <2048"}},
    {&class_console,
     "drivers/char/virtio_console.c, __send_control_msg(), __send_to_port(), add_inbuf()",
     {"3: 8>", "2: <128", "1: 1>", "5: 1>", "0: <128", "4: <128"}},
    {&class_input,
     "drivers/virtio/virtio_input.c, virtinput_send_status(), virtinput_queue_evtbuf()",
     {"1: 8>", "0: <8"}},
    /*
     * Linux has an answer of the size of the message's. It has none in the queue of the cursor, where a
     * device that answers as specified reports the errors of vwr_gpu_set_cursor().
     */
    {&class_gpu,
     "drivers/gpu/drm/virtio/virtgpu_vq.c, virtio_gpu_queue_ctrl_sgs(), virtio_gpu_queue_cursor()",
     {"0: 40> <1056", "0: 32> 16> <1056", "0: 56> <1056", "0: 48> <1056", "1: 56> <1056"}},
    {&class_entropy, "drivers/char/hw_random/virtio-rng.c, request_entropy()", {"0: <64"}},
    {&class_balloon,
     "drivers/virtio/virtio_balloon.c, tell_host(), stats_handle_request()",
     {"0: 16>", "1: 4>", "0: 8>", "2: 10>"}},
    {&class_9p,
     "net/9p/trans_virtio.c, p9_virtio_request(), p9_virtio_zc_request()",
     {"0: 21> <224", "0: 23> <224", "0: 20> <224", "0: 15> <224", "0: 23> <11 <100"}},
    {&class_fs,
     "fs/fuse/virtio_fs.c, virtio_fs_enqueue_req()",
     {"1: 40> 16> <16 <144", "1: 40> 2> <16 <144", "1: 40> 8> <16 <144", "1: 40> 40> <16 <100"}},
    {&class_scsi,
     "drivers/scsi/virtio_scsi.c, __virtscsi_add_cmd(), virtscsi_kick_event()",
     {"2: 51> <108", "2: 51> <108 <32", "0: 16> <5", "2: 51> <108 <512", "1: <16"}},
    /*
     * Linux sends the header and the bytes of a packet as two segments. Here a packet is one, as it needs one
     * descriptor then; Firecracker before 1.6 refuses it (quirk vsock.two-descriptors). The first packet has
     * no bytes.
     */
    {&class_vsock,
     "net/vmw_vsock/virtio_transport.c, virtio_transport_send_skb(), virtio_vsock_rx_fill()",
     {"1: 44>", "0: <2048", "1: 49>", "2: <4"}},
    {&class_sound,
     "sound/virtio/virtio_ctl_msg.c, virtsnd_ctl_msg_send(); virtio_pcm_msg.c, virtsnd_pcm_msg_send()",
     {"0: 16> <4 <24", "0: 16> <4 <32", "0: 24> <4", "0: 8> <4", "2: 4> 64> <8", "3: 4> <64 <8", "1: <8"}},
    {&class_crypto,
     "drivers/crypto/virtio/virtio_crypto_skcipher_algs.c, __virtio_crypto_skcipher_do_req()",
     {"2: 24> <16", "0: 32> 40> <20 <1"}},
    {&class_i2c,
     "drivers/i2c/busses/i2c-virtio.c, virtio_i2c_prepare_reqs()",
     {"0: 8> 1> <1", "0: 8> <1 <1"}},
    {&class_gpio,
     "drivers/gpio/gpio-virtio.c, _virtio_gpio_req(), virtio_gpio_irq_prepare()",
     {"0: 8> <2", "1: 2> <1"}},
    {&class_mem, "drivers/virtio/virtio_mem.c, virtio_mem_send_request()", {"0: 24> <10"}},
    {&class_pmem, "drivers/nvdimm/nd_virtio.c, virtio_pmem_flush()", {"0: 4> <4"}},
    /* Linux has the properties and the status behind them in one segment. */
    {&class_iommu,
     "drivers/iommu/virtio-iommu.c, __viommu_add_req(), viommu_probe_endpoint(), viommu_fill_evtq()",
     {"0: 72> <64 <4", "0: 20> <4", "0: 36> <4", "0: 28> <4", "1: <24"}},
    {&class_scmi,
     "drivers/firmware/arm_scmi/virtio.c, virtio_send_message(), scmi_vio_feed_vq_rx()",
     {"0: 12> <16", "0: 12> <8", "1: <132"}},
    {&class_rtc,
     "drivers/virtio/virtio_rtc_driver.c, viortc_msg_xfer(), viortc_populate_alarmq()",
     {"0: 16> <16", "0: 24> <8", "0: 16> <24", "0: 16> <8", "1: <16"}},
};

static char line[LINES_MAX][LINE_BYTES]; /* without repetition, in the order in which the device took them */
static unsigned lines;

static void record(unsigned queue, const struct fake_chain *c)
{
    char text[LINE_BYTES];
    size_t at = (size_t)snprintf(text, sizeof(text), "%u:", queue);

    assert_false(c->table);
    for (unsigned i = 0; i < c->count && at < sizeof(text); i++)
        at += (size_t)snprintf(text + at, sizeof(text) - at, c->segment[i].write ? " <%u" : " %u>",
                               c->segment[i].len);
    assert_true(at < sizeof(text));
    for (unsigned i = 0; i < lines; i++)
        if (strcmp(line[i], text) == 0)
            return;
    assert_true(lines < LINES_MAX);
    memcpy(line[lines++], text, sizeof(text));
}

/* Each kind of request that a disk of any VMM has. */
static void use_a_disk(struct world *w)
{
    char id[VWR_BLK_GET_ID_BYTES + 1u];

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    fake_offer(&w->f, VWR_BLK_F_FLUSH);
    vwr_features_add(&w->options.avoid, VWR_F_INDIRECT_DESC);
    world_opened(w);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_OK);
    assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer, 1), VWR_OK);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    assert_int_equal(vwr_blk_get_id(&w->blk, id), VWR_OK);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
}

/* Also the buffers that the device has not taken. */
static void use(struct world *w, const struct driver_class *c)
{
    static struct fake_chain chain;
    const struct format f = {0, c->size};

    c->begin(w, &f);
    for (unsigned i = 0; i < c->queue_count; i++)
        while (fake_ring_next(&w->f, c->queues[i], &chain))
            continue;
    assert_int_equal(c->close(), VWR_OK);
}

static void segments(void **state)
{
    struct world *const w = *state;
    const struct framing *const row = w->param;

    lines = 0;
    fake_ring_taken = record;
    if (row->class != NULL)
        use(w, row->class);
    else
        use_a_disk(w);
    fake_ring_taken = NULL;
    for (unsigned i = 0; i < lines; i++) {
        assert_non_null(row->lines[i]);
        assert_string_equal(line[i], row->lines[i]);
    }
    assert_null(row->lines[lines]);
}

int main(void)
{
    struct CMUnitTest tests[sizeof(rows) / sizeof(rows[0])];
    static char name[sizeof(rows) / sizeof(rows[0])][160];
    const size_t count = sizeof(rows) / sizeof(rows[0]);

    for (size_t i = 0; i < count; i++) {
        snprintf(name[i], sizeof(name[i]), "%s (%s)", rows[i].class != NULL ? rows[i].class->name : "blk",
                 rows[i].linux);
        tests[i] = world_test(name[i], segments, &rows[i]);
    }
    return _cmocka_run_group_tests("framing", tests, count, NULL, NULL);
}
