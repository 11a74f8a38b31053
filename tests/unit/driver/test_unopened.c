/* SPDX-License-Identifier: MIT */
#include "vwr/messages/blk.h"
#include "vwr/balloon.h"
#include "vwr/9p.h"
#include "vwr/sound.h"
#include "vwr/i2c.h"
#include "vwr/gpio.h"
#include "vwr/can.h"
#include "vwr/pmem.h"
#include "vwr/scmi.h"
#include "vwr/spi.h"
#include "vwr/iommu.h"
#include "vwr/rtc.h"
#include "vwr/mem.h"
#include "vwr/vsock.h"
#include "vwr/blk.h"
#include "vwr/blk_zone.h"
#include "vwr/console.h"
#include "vwr/crypto.h"
#include "vwr/entropy.h"
#include "vwr/fs.h"
#include "vwr/gpu.h"
#include "vwr/input.h"
#include "vwr/net_control.h"
#include "vwr/open.h"
#include "vwr/scsi.h"
#include "cmocka_all.h"

#include <string.h>

/*
 * Every call of every class on a structure that is zeroed, like static memory, and was never opened: it
 * returns an error, or nothing. tests/pair/ends tests generated clients.
 */

static char text[200];
static uint8_t bytes[VWR_BLK_SECTOR_BYTES];

static void fails(int result)
{
    assert_true(result < 0);
}

/* The recovery calls of a class. */
static void recovers(struct vwr_bringup *v)
{
    assert_int_equal(vwr_get_stage(v), VWR_STAGE_DEAD);
    assert_int_equal(vwr_recover(v), VWR_EFAILED);
    assert_int_equal(vwr_freeze(v), VWR_EFAILED);
}

static void a_disk(void **state)
{
    static struct vwr_blk b;
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&b, 0);
    struct vwr_blk_get_lifetime_answer lifetime;
    struct vwr_blk_zone_report report[2];
    struct vwr_vec part = {bytes, sizeof(bytes)};
    struct vwr_blk_req r;
    struct vwr_blk_req *done;
    char id[VWR_BLK_GET_ID_BYTES + 1u];
    uint64_t at = 0;

    (void)state;
    assert_null(vwr_blk_get_requestq(&b, 1));
    memset(&r, 0, sizeof(r));
    for (uint32_t count = 0; count < 2; count++) {
        fails(vwr_blk_read(&b, 0, bytes, count));
        fails(vwr_blk_write(&b, 0, bytes, count));
    }
    fails(vwr_blk_transfer_vecs(&b, VWR_BLK_T_IN, 0, &part, 1));
    fails(vwr_blk_transfer_vecs(&b, VWR_BLK_T_OUT, 0, &part, 1));
    fails(vwr_blk_flush(&b));
    fails(vwr_blk_get_id(&b, id));
    fails(vwr_blk_do_ranges(&b, VWR_BLK_T_DISCARD, 0, 1, false));
    fails(vwr_blk_do_ranges(&b, VWR_BLK_T_WRITE_ZEROES, 0, 1, true));
    fails(vwr_blk_do_ranges(&b, VWR_BLK_T_SECURE_ERASE, 0, 1, false));
    fails(vwr_blk_get_lifetime(&b, &lifetime));
    fails(vwr_blk_set_write_cache(&b, true));
    fails(vwr_blk_config_changed(&b));
    fails(vwr_blk_report_zones(&b, 0, report, sizeof(report)));
    fails(vwr_blk_zone_do(&b, VWR_BLK_T_ZONE_RESET_ALL, 0, NULL, 0));
    fails(vwr_blk_zone_append(&b, 0, bytes, 1, &at));
    vwr_blk_fill(&r, VWR_BLK_T_IN, 0, bytes, sizeof(bytes));
    fails(vwr_blk_submit(q, &r));
    fails(vwr_blk_do(q, &r));
    fails(vwr_blk_submit_part(q, &r, 0, &at));
    fails(vwr_blk_reap(q, &done, 1));
    fails(vwr_blk_service(q, 1));
    fails(vwr_blk_cancel(q));
    assert_false(vwr_blk_kick(q));
    assert_false(vwr_blk_arm(q, 1));
    vwr_blk_disarm(q);
    assert_int_equal(vwr_queue_size(&b.first.requests.queue), 0);
    assert_int_equal(vwr_get_stage(&b.bringup), VWR_STAGE_DEAD);
    fails(vwr_recover(&b.bringup));
    fails(vwr_freeze(&b.bringup));
    (void)vwr_blk_explain(&b, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    (void)vwr_blk_explain_queue(q, text, sizeof(text));
    fails(vwr_close(&b.bringup));
}

static void a_console(void **state)
{
    static struct vwr_console c;
    struct vwr_console_config_info info;
    struct vwr_console_message m;

    (void)state;
    for (unsigned port = 0; port < 2; port++) {
        fails(vwr_console_write(&c, port, bytes, 1));
        fails(vwr_console_read(&c, port, bytes, 1));
        fails(vwr_console_can_read(&c, 0));
        fails(vwr_console_can_write(&c, 0));
        assert_false(vwr_console_arm_write(&c, 0));
        fails(vwr_console_flush(&c, port, 1));
        fails(vwr_console_cancel(&c, port));
        fails(vwr_console_open_port(&c, port, true));
        assert_false(vwr_console_arm(&c, port));
    }
    fails(vwr_console_poll(&c, &m));
    assert_false(vwr_console_arm_messages(&c));
    fails(vwr_bringup_read_info(&c.bringup, &info));
    recovers(&c.bringup);
    (void)vwr_console_explain(&c, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    fails(vwr_close(&c.bringup));
}

static void an_entropy_device(void **state)
{
    static struct vwr_entropy e;

    (void)state;
    fails(vwr_entropy_read(&e, bytes, 1));
    fails(vwr_entropy_fill(&e, bytes, 1, 1));
    assert_false(vwr_entropy_arm(&e));
    recovers(&e.bringup);
    (void)vwr_entropy_explain(&e, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    fails(vwr_close(&e.bringup));
    vwr_entropy_give_up(&e);
    fails(vwr_entropy_read(&e, bytes, 1));
}

static void an_input_device(void **state)
{
    static struct vwr_input in;
    struct vwr_input_event_msg event;
    struct vwr_input_query query;

    (void)state;
    memset(&query, 0, sizeof(query));
    fails(vwr_input_poll(&in));
    assert_false(vwr_input_read(&in, &event));
    assert_true(vwr_input_is_empty(&in));
    assert_false(vwr_input_arm(&in));
    fails(vwr_input_set_led(&in, 0, true));
    fails(vwr_input_ask(&in, &query));
    recovers(&in.bringup);
    (void)vwr_input_explain(&in, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    fails(vwr_close(&in.bringup));
    vwr_input_give_up(&in);
}

static void a_9p_device(void **state)
{
    static struct vwr_9p p;
    static struct vwr_9p_request x;
    struct vwr_9p_requestq *const q = vwr_9p_get_requestq(&p, 0);
    struct vwr_9p_request *done;
    struct vwr_9p_attr attr;
    struct vwr_9p_statfs fs;

    (void)state;
    assert_null(vwr_9p_get_requestq(&p, 1));
    memset(&attr, 0, sizeof(attr));
    fails(vwr_9p_read_tag(&p, text, sizeof(text)));
    fails(vwr_9p_mount(&p));
    fails(vwr_9p_walk(&p, 0, "a"));
    fails(vwr_9p_clunk(&p, 0));
    fails(vwr_9p_lopen(&p, 0, 0));
    fails(vwr_9p_create(&p, 0, "a", 0, 0));
    fails(vwr_9p_read(&p, 0, 0, bytes, 1));
    fails(vwr_9p_write(&p, 0, 0, bytes, 1));
    fails(vwr_9p_readdir(&p, 0, 0, bytes, 1));
    fails(vwr_9p_getattr(&p, 0, &attr));
    fails(vwr_9p_setattr(&p, 0, 0, &attr));
    fails(vwr_9p_mkdir(&p, 0, "a", 0));
    fails(vwr_9p_unlinkat(&p, 0, "a", 0));
    fails(vwr_9p_rename(&p, 0, "a", 0, "b"));
    fails(vwr_9p_fsync(&p, 0));
    fails(vwr_9p_statfs(&p, 0, &fs));
    assert_int_equal(vwr_9p_io_bytes(&p, 0), 0);
    vwr_9p_fill_read(&x, 0, 0, bytes, 1);
    fails(vwr_9p_submit(q, &x));
    assert_false(vwr_9p_kick(q));
    fails(vwr_9p_reap(q, &done, 1));
    assert_false(vwr_9p_arm(q, 1));
    recovers(&p.bringup);
    (void)vwr_9p_explain(&p, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    fails(vwr_close(&p.bringup));
}

static void a_file_system(void **state)
{
    static struct vwr_fs p;
    static struct vwr_fs_request x;
    static struct vwr_fs_node node;
    static struct vwr_fs_file file;
    struct vwr_fs_requestq *const q = vwr_fs_get_requestq(&p, 0);
    struct vwr_fs_request *done;
    struct vwr_fs_attr attr;
    struct vwr_fs_statfs about;

    (void)state;
    assert_null(vwr_fs_get_requestq(&p, 1));
    memset(&attr, 0, sizeof(attr));
    fails(vwr_fs_read_tag(&p, text));
    fails(vwr_fs_mount(&p, &node));
    fails(vwr_fs_unmount(&p));
    fails(vwr_fs_lookup(&p, &node, "a", &node, &attr));
    fails(vwr_fs_forget(&p, &node));
    fails(vwr_fs_open_file(&p, &node, 0, &file));
    fails(vwr_fs_open_folder(&p, &node, &file));
    fails(vwr_fs_create(&p, &node, "a", 0, 0, &node, &file));
    fails(vwr_fs_release(&p, &file));
    fails(vwr_fs_release_folder(&p, &file));
    fails(vwr_fs_read(&p, &file, 0, bytes, 1));
    fails(vwr_fs_write(&p, &file, 0, bytes, 1));
    fails(vwr_fs_readdir(&p, &file, 0, bytes, 1));
    fails(vwr_fs_flush(&p, &file));
    fails(vwr_fs_fsync(&p, &file));
    fails(vwr_fs_getattr(&p, &node, &attr));
    fails(vwr_fs_setattr(&p, &node, 0, &attr));
    fails(vwr_fs_mkdir(&p, &node, "a", 0, &node));
    fails(vwr_fs_unlink(&p, &node, "a"));
    fails(vwr_fs_rmdir(&p, &node, "a"));
    fails(vwr_fs_rename(&p, &node, "a", &node, "b"));
    fails(vwr_fs_statfs(&p, &node, &about));
    fails(vwr_fs_map(&p, &file, 0, 1, VWR_FUSE_MAPPING_READ, 0));
    fails(vwr_fs_unmap(&p, 0, 1));
    assert_int_equal(vwr_fs_map_unit(&p), 0);
    assert_int_equal(vwr_fs_io_bytes(&p), 0);
    vwr_fs_fill_read(&x, &file, 0, bytes, 1);
    fails(vwr_fs_submit(q, &x));
    assert_false(vwr_fs_kick(q));
    fails(vwr_fs_reap(q, &done, 1));
    assert_false(vwr_fs_arm(q, 1));
    recovers(&p.bringup);
    (void)vwr_fs_explain(&p, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    fails(vwr_close(&p.bringup));
}

static void a_scsi_host(void **state)
{
    static struct vwr_scsi s;
    static struct vwr_scsi_request x;
    static struct vwr_scsi_disk disk;
    struct vwr_scsi_requestq *const q = vwr_scsi_get_requestq(&s, 0);
    struct vwr_scsi_request *done;
    struct vwr_scsi_notice notice;

    (void)state;
    assert_null(vwr_scsi_get_requestq(&s, 1));
    fails(vwr_scsi_disk_open(&disk, &s, 0));
    fails(vwr_scsi_disk_update(&disk));
    fails(vwr_scsi_disk_read(&disk, 0, bytes, 512));
    fails(vwr_scsi_disk_write(&disk, 0, bytes, 512));
    fails(vwr_scsi_disk_flush(&disk));
    fails(vwr_scsi_disk_unmap(&disk, 0, 1));
    fails(vwr_scsi_command(&s, 0, bytes, 6, NULL, NULL));
    fails(vwr_scsi_test_unit_ready(&s, 0));
    fails(vwr_scsi_request_sense(&s, 0, bytes, 1));
    fails(vwr_scsi_inquiry(&s, 0, VWR_SCSI_STANDARD, bytes, 1));
    fails(vwr_scsi_report_luns(&s, 0, bytes, 16));
    fails(vwr_scsi_manage(&s, 0, 0, 0));
    fails(vwr_scsi_query_events(&s, 0, 1));
    fails(vwr_scsi_subscribe(&s, 0, 1));
    fails(vwr_scsi_poll(&s, &notice));
    assert_false(vwr_scsi_arm_events(&s));
    assert_int_equal(vwr_scsi_fill(&x, 0, bytes, 6), VWR_OK);
    fails(vwr_scsi_submit(q, &x));
    fails(vwr_scsi_do(q, &x));
    assert_false(vwr_scsi_kick(q));
    fails(vwr_scsi_reap(q, &done, 1));
    assert_false(vwr_scsi_arm(q, 1));
    recovers(&s.bringup);
    (void)vwr_scsi_explain(&s, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    fails(vwr_close(&s.bringup));
}

static void a_crypto_device(void **state)
{
    static const struct vwr_crypto_setup setup;
    static const struct vwr_crypto_data data;
    static struct vwr_crypto c;
    static struct vwr_crypto_request x;
    static struct vwr_crypto_session session;
    struct vwr_crypto_dataq *const q = vwr_crypto_get_dataq(&c, 0);
    struct vwr_crypto_request *done;

    (void)state;
    assert_null(vwr_crypto_get_dataq(&c, 1));
    fails(vwr_crypto_create(&c, &session, &setup));
    fails(vwr_crypto_run(&c, &session, &data));
    fails(vwr_crypto_destroy(&c, &session));
    fails(vwr_crypto_read_info(&c));
    assert_false(vwr_crypto_offers(&c, 0, 0));
    assert_int_equal(vwr_crypto_fill(&x, &session, &data), VWR_EINVAL); /* no session */
    fails(vwr_crypto_submit(q, &x));
    assert_false(vwr_crypto_kick(q));
    fails(vwr_crypto_reap(q, &done, 1));
    assert_false(vwr_crypto_arm(q, 1));
    recovers(&c.bringup);
    (void)vwr_crypto_explain(&c, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    fails(vwr_close(&c.bringup));
}

static void a_gpu(void **state)
{
    static struct vwr_gpu g;
    static struct vwr_gpu_framebuffer fb;
    static struct vwr_gpu_update u;
    static struct vwr_gpu_edid edid;
    const struct vwr_gpu_pointer none = {NULL, 0, 0, 0, 0, 0};
    struct vwr_gpu_display display;
    struct vwr_gpu_update *done;

    (void)state;
    assert_null(vwr_gpu_get_controlq(&g, 1));
    fb.pixels = bytes;
    fb.width = fb.height = 8;
    fails(vwr_gpu_read_displays(&g, &display, 1));
    fails(vwr_gpu_read_edid(&g, 0, &edid));
    for (unsigned i = 0; i < 4; i++) {
        fb.scanout = i % 2 == 0 ? 0 : VWR_GPU_NO_SCANOUT;
        fb.blob = i >= 2;
        fails(vwr_gpu_show(&g, &fb));
        vwr_gpu_fill(&u, &fb, NULL);
        fails(vwr_gpu_submit(vwr_gpu_get_controlq(&g, 0), &u));
        fails(vwr_gpu_flush(&g, &fb, NULL));
        assert_int_equal(vwr_gpu_hide(&g, &fb), VWR_OK); /* it is not shown */
    }
    fails(vwr_gpu_reap(vwr_gpu_get_controlq(&g, 0), &done, 1));
    assert_false(vwr_gpu_kick(vwr_gpu_get_controlq(&g, 0)));
    assert_false(vwr_gpu_arm(vwr_gpu_get_controlq(&g, 0), 1));
    fails(vwr_gpu_set_cursor(&g, &none));
    fails(vwr_gpu_move_cursor(&g, 1, 1));
    fails(vwr_gpu_poll(&g));
    recovers(&g.bringup);
    (void)vwr_gpu_explain(&g, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    fails(vwr_close(&g.bringup));
}

static void a_network_card(void **state)
{
    static const struct vwr_net_ctrl_mac macs;
    static const struct vwr_net_rss rss = {.entries = 1};
    static struct vwr_net n;
    static struct vwr_net_packet packet;
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(&n, 0);
    struct vwr_net_receiveq *const in = vwr_net_get_receiveq(&n, 0);
    struct vwr_slice slices[VWR_NET_SLICES];
    struct vwr_net_packet *done;

    (void)state;
    memset(slices, 0, sizeof(slices));
    packet.req.vec.p = bytes;
    packet.req.vec.bytes = 64;
    assert_int_equal(n.pairs, 0);
    assert_false(vwr_net_has(&n, VWR_NET_F_MAC));
    fails(vwr_net_submit(q, &packet));
    packet.header.flags = VWR_NET_HDR_F_NEEDS_CSUM;
    fails(vwr_net_submit(q, &packet));
    fails(vwr_net_reap(q, &done, 1));
    assert_false(vwr_net_kick(q));
    assert_false(vwr_net_arm(q, 1));
    fails(vwr_net_receive_reap(in, slices, VWR_NET_SLICES));
    fails(vwr_net_receive(in, bytes, sizeof(bytes)));
    fails(vwr_net_receive_submit(in, slices));
    assert_false(vwr_net_receive_kick(in));
    assert_false(vwr_net_receive_arm(in, 1));
    assert_null(vwr_net_get_transmitq(&n, 1));
    assert_null(vwr_net_get_receiveq(&n, 1));
    fails(vwr_net_read_info(&n));
    fails(vwr_net_set_mode(&n, VWR_NET_CTRL_RX_PROMISC, true));
    fails(vwr_net_set_mac(&n, bytes));
    fails(vwr_net_set_table(&n, &macs, sizeof(macs), &macs, sizeof(macs)));
    fails(vwr_net_set_vlan(&n, 1, true));
    fails(vwr_net_set_pairs(&n, 1));
    fails(vwr_net_set_hash(&n, &rss));
    fails(vwr_net_set_rss(&n, &rss));
    fails(vwr_net_set_offloads(&n, 0));
    fails(vwr_net_set_coalescing(&n, true, 1, 1));
    fails(vwr_net_announced(&n));
    recovers(&n.bringup);
    (void)vwr_net_explain(&n, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    fails(vwr_close(&n.bringup));
}

static void any_of_them(void **state)
{
    static struct vwr_opened o;

    (void)state;
    assert_int_equal(vwr_recover(o.bringup), VWR_EFAILED);
    assert_int_equal(vwr_freeze(o.bringup), VWR_EFAILED);
    assert_int_equal(vwr_opened_features(&o, text, sizeof(text)), 0);
    assert_int_equal(vwr_opened_explain(&o, text, sizeof(text)), 0);
    assert_int_equal(vwr_close(o.bringup), VWR_EINVAL);
}

static void a_balloon(void **state)
{
    static struct vwr_balloon b;
    const struct vwr_balloon_stats s = {.known = 1};
    const struct vwr_vec range = {bytes, VWR_BALLOON_PAGE};
    uint32_t page = 0;

    (void)state;
    fails(vwr_balloon_poll(&b));
    fails(vwr_balloon_inflate(&b, &page, 1));
    fails(vwr_balloon_deflate(&b, &page, 1));
    fails(vwr_balloon_flush(&b, 1));
    fails(vwr_balloon_send_stats(&b, &s));
    fails(vwr_balloon_report(&b, &range, 1));
    fails(vwr_balloon_hint(&b, &range, 1));
    fails(vwr_balloon_end_hints(&b));
    assert_false(vwr_balloon_wants_stats(&b) || vwr_balloon_wants_hints(&b) || vwr_balloon_holds_hints(&b));
    assert_false(vwr_balloon_arm(&b));
    assert_int_equal(vwr_balloon_wanted(&b) + vwr_balloon_surplus(&b), 0);
    (void)vwr_balloon_explain(&b, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    recovers(&b.bringup);
    fails(vwr_close(&b.bringup));
}

static void a_socket_device(void **state)
{
    static struct vwr_vsock v;
    struct vwr_socket *s = NULL;

    (void)state;
    fails(vwr_vsock_poll(&v));
    fails(vwr_vsock_wait(&v, s, VWR_SOCKET_READABLE, 1));
    assert_false(vwr_vsock_arm(&v));
    fails(vwr_socket_connect(&v.sockets, VWR_VSOCK_CID_HOST, 1, VWR_VSOCK_TYPE_STREAM, &s));
    fails(vwr_socket_listen(&v.sockets, 1, VWR_VSOCK_TYPE_STREAM, 1, &s));
    vwr_vsock_give_up(&v);
    (void)vwr_vsock_explain(&v, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    recovers(&v.bringup);
    fails(vwr_close(&v.bringup));
}

static void a_sound_card(void **state)
{
    static const struct vwr_sound_params params;
    static struct vwr_sound s;
    struct vwr_sound_event e;
    uint8_t byte = 0;

    (void)state;
    fails(vwr_sound_set_params(&s, 0, &params));
    fails(vwr_sound_prepare(&s, 0));
    fails(vwr_sound_start(&s, 0));
    fails(vwr_sound_stop(&s, 0));
    fails(vwr_sound_release(&s, 0));
    fails(vwr_sound_write(&s, 0, &byte, 1));
    fails(vwr_sound_flush(&s, 0));
    fails(vwr_sound_read(&s, 0, &byte, 1));
    fails(vwr_sound_remap(&s, 0, 1, 1));
    fails(vwr_sound_poll(&s, &e));
    assert_int_equal(vwr_sound_latency(&s, 0), 0);
    assert_false(vwr_sound_arm(&s));
    (void)vwr_sound_explain(&s, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    recovers(&s.bringup);
    fails(vwr_close(&s.bringup));
}

static void an_i2c_adapter(void **state)
{
    static struct vwr_i2c i;

    (void)state;
    fails(vwr_i2c_write(&i, 0, NULL, 0));
    fails(vwr_i2c_read(&i, 0, bytes, 1));
    fails(vwr_i2c_write_read(&i, 0, bytes, 1, bytes, 1));
    (void)vwr_i2c_explain(&i, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    recovers(&i.bringup);
    fails(vwr_close(&i.bringup));
}

static void a_gpio_device(void **state)
{
    static struct vwr_gpio g;
    unsigned line = 0;

    (void)state;
    fails(vwr_gpio_get_value(&g, 0));
    fails(vwr_gpio_get_direction(&g, 0));
    fails(vwr_gpio_set_value(&g, 0, 0));
    fails(vwr_gpio_set_direction(&g, 0, 0));
    fails(vwr_gpio_set_irq_type(&g, 0, 0));
    fails(vwr_gpio_unmask(&g, 0));
    fails(vwr_gpio_poll(&g, &line));
    fails(vwr_gpio_get_names(&g, text, sizeof(text)));
    assert_false(vwr_gpio_arm(&g));
    assert_int_equal(vwr_gpio_lines(&g), 0);
    (void)vwr_gpio_explain(&g, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    recovers(&g.bringup);
    fails(vwr_close(&g.bringup));
}

static void a_can_device(void **state)
{
    static const struct vwr_can_frame f = {.id = 1};
    static struct vwr_can c;
    struct vwr_can_done sent;
    struct vwr_can_frame got;
    char text[200];

    (void)state;
    fails(vwr_can_start(&c));
    fails(vwr_can_stop(&c));
    fails(vwr_can_read_bus_off(&c));
    fails(vwr_can_send(&c, &f, 0));
    fails(vwr_can_reap(&c, &sent));
    fails(vwr_can_do(&c, &f));
    fails(vwr_can_receive(&c, &got));
    assert_false(vwr_can_arm(&c));
    (void)vwr_can_explain(&c, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    recovers(&c.bringup);
    fails(vwr_close(&c.bringup));
}

static void an_spi_device(void **state)
{
    static struct vwr_spi s;
    struct vwr_spi_transfer_msg m;
    uint8_t byte = 0;
    char text[200];

    (void)state;
    vwr_spi_fill(&m, 0, 1);
    fails(vwr_spi_transfer(&s, &m, &byte, &byte, 1));
    (void)vwr_spi_explain(&s, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    recovers(&s.bringup);
    fails(vwr_close(&s.bringup));
}

static void an_scmi_device(void **state)
{
    static struct vwr_scmi c;
    const struct vwr_scmi_command m = {.protocol = VWR_SCMI_BASE, .values_bytes = 4};
    struct vwr_scmi_answer a;
    struct vwr_scmi_event e;
    uint32_t version;
    uint8_t list[4];
    char text[200];

    (void)state;
    fails(vwr_scmi_do(&c, &m, &a));
    fails(vwr_scmi_set(&c, 0, &m, &a));
    fails(vwr_scmi_send(&c, &m, 0));
    fails(vwr_scmi_reap(&c, &a));
    fails(vwr_scmi_poll(&c, &e));
    fails(vwr_scmi_version(&c, VWR_SCMI_BASE, &version));
    fails(vwr_scmi_protocols(&c, list, sizeof(list)));
    assert_int_equal(vwr_scmi_forget(&c, 0), VWR_EINVAL);
    vwr_scmi_unset(&c, 0);
    assert_false(vwr_scmi_arm(&c));
    (void)vwr_scmi_explain(&c, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    recovers(&c.bringup);
    fails(vwr_close(&c.bringup));
}

static void a_pmem_device(void **state)
{
    static struct vwr_pmem p;
    static struct vwr_pmem_request flush;
    struct vwr_pmem_request *done;

    (void)state;
    fails(vwr_pmem_flush(&p));
    fails(vwr_pmem_submit(&p, &flush));
    fails(vwr_pmem_reap(&p, &done, 1));
    assert_false(vwr_pmem_kick(&p));
    (void)vwr_pmem_explain(&p, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    recovers(&p.bringup);
    fails(vwr_close(&p.bringup));
}

static void an_iommu(void **state)
{
    static struct vwr_iommu c;
    static struct vwr_iommu_domain m;
    struct vwr_iommu_fault_msg fault;
    uint64_t at = VWR_IOMMU_ANY;
    size_t run = 1;
    char text[100];

    (void)state;
    for (unsigned i = 0; i < 2; i++) { /* a domain of zeroes, and one of a device that is not open */
        fails(vwr_iommu_attach(&m, 8));
        fails(vwr_iommu_detach(&m, 8));
        fails(vwr_iommu_map(&m, &at, 0, 4096, VWR_IOMMU_MAP_F_READ));
        fails(vwr_iommu_unmap(&m, 0));
        (void)vwr_iommu_dma_map(&m, 0, VWR_DMA_SHARED, &run);
        assert_int_equal(run, 0);
        vwr_iommu_dma_unmap(&m, 0);
        run = 1;
        vwr_iommu_domain_init(&m, &c, NULL, 0);
    }
    fails(vwr_iommu_poll(&c, &fault));
    assert_false(vwr_iommu_arm(&c));
    assert_true(vwr_iommu_granule(&c) == 0);
    (void)vwr_iommu_explain(&c, text, sizeof(text));
}

static void an_rtc_device(void **state)
{
    static struct vwr_rtc c;
    struct vwr_rtc_clock_cap_answer what;
    struct vwr_rtc_read_cross_answer cross;
    struct vwr_rtc_read_alarm_answer alarm;
    uint64_t ns;
    uint16_t clock;

    (void)state;
    fails(vwr_rtc_clocks(&c));
    fails(vwr_rtc_describe(&c, 0, &what));
    fails(vwr_rtc_can_cross(&c, 0, 0));
    fails(vwr_rtc_read(&c, 0, &ns));
    fails(vwr_rtc_read_cross(&c, 0, 0, &cross));
    fails(vwr_rtc_read_alarm(&c, 0, &alarm));
    fails(vwr_rtc_set_alarm(&c, 0, 0, true));
    fails(vwr_rtc_enable_alarm(&c, 0, true));
    fails(vwr_rtc_poll(&c, &clock));
    assert_false(vwr_rtc_arm(&c));
    (void)vwr_rtc_explain(&c, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    recovers(&c.bringup);
    fails(vwr_close(&c.bringup));
}

static void a_memory_device(void **state)
{
    static struct vwr_mem m;

    (void)state;
    fails(vwr_mem_poll(&m));
    assert_false(vwr_mem_arm(&m));
    assert_false(vwr_mem_is_in_use(&m, 0));
    assert_true(vwr_mem_may_suspend(&m));
    (void)vwr_mem_explain(&m, text, sizeof(text));
    assert_string_equal(text, "the device is not open");
    recovers(&m.bringup);
    fails(vwr_close(&m.bringup));
}

/* A device that no probe has found: no class opens it, and no call accesses a register. */
static void no_device(void **state)
{
    static struct vwr_dev d;
    static union {
        struct vwr_9p p9;
        struct vwr_crypto crypto;
        struct vwr_fs fs;
        struct vwr_gpu gpu;
        struct vwr_i2c i2c;
        struct vwr_iommu iommu;
        struct vwr_net net;
        struct vwr_can can;
        struct vwr_spi spi;
        struct vwr_scmi scmi;
        struct vwr_pmem pmem;
        struct vwr_rtc rtc;
        struct vwr_scsi scsi;
        struct vwr_vsock vsock;
    } any;
    struct vwr_fault fault;

    (void)state;
    fails(vwr_9p_open(&any.p9, &d, NULL));
    fails(vwr_crypto_open(&any.crypto, &d, NULL));
    fails(vwr_fs_open(&any.fs, &d, NULL));
    fails(vwr_gpu_open(&any.gpu, &d, NULL));
    fails(vwr_i2c_open(&any.i2c, &d, NULL));
    fails(vwr_iommu_open(&any.iommu, &d, NULL));
    fails(vwr_net_open(&any.net, &d, NULL));
    fails(vwr_can_open(&any.can, &d, NULL));
    fails(vwr_spi_open(&any.spi, &d, NULL));
    fails(vwr_scmi_open(&any.scmi, &d, NULL));
    fails(vwr_pmem_open(&any.pmem, &d, NULL));
    fails(vwr_rtc_open(&any.rtc, &d, NULL));
    fails(vwr_scsi_open(&any.scsi, &d, NULL));
    fails(vwr_vsock_open(&any.vsock, &d, NULL));
    fails(vwr_dev_check(&d));
    fails(vwr_dev_poll_status(&d, &fault));
    vwr_dev_fail(&d);
    vwr_dev_reset_begin(&d);
    assert_int_equal(d.state, VWR_DEV_NONE);
    assert_int_equal(d.status, 0);
}

/* The queue engines, as used by a user-defined class. */
static void queues(void **state)
{
    static struct vwr_requestq requests;
    static struct vwr_receiveq receive;
    static struct vwr_transmitq transmit;
    static struct vwr_req r;
    struct vwr_chain *chain;
    struct vwr_req *done;
    struct vwr_slice slice;

    (void)state;
    assert_int_equal(vwr_queue_state(&requests.queue), VWR_EFAILED);
    fails(vwr_queue_get_used(&requests.queue, &chain));
    fails(vwr_queue_reap(&requests.queue, &chain, 1));
    fails(vwr_request_submit(&requests, &r));
    fails(vwr_request_do(&requests, &r));
    fails(vwr_request_reap(&requests, &done, 1));
    fails(vwr_request_service(&requests, 1));
    fails(vwr_receive_reap(&receive, &slice, 1));
    fails(vwr_receive_submit(&receive, 0));
    fails(vwr_receive_repost(&receive));
    assert_false(vwr_receive_kick(&receive));
    vwr_receive_notify(&receive);
    assert_false(vwr_transmit_has_room(&transmit));
    fails(vwr_transmit_send(&transmit, bytes, 1));
    fails(vwr_transmit_write(&transmit, bytes, 1));
    fails(vwr_transmit_reap(&transmit));
    fails(vwr_transmit_flush(&transmit, 1));
    assert_false(vwr_transmit_kick(&transmit));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(queues),          cmocka_unit_test(a_disk),
        cmocka_unit_test(a_console),       cmocka_unit_test(an_entropy_device),
        cmocka_unit_test(an_input_device), cmocka_unit_test(a_gpu),
        cmocka_unit_test(a_9p_device),     cmocka_unit_test(a_network_card),
        cmocka_unit_test(a_balloon),       cmocka_unit_test(a_scsi_host),
        cmocka_unit_test(a_socket_device), cmocka_unit_test(a_crypto_device),
        cmocka_unit_test(a_gpio_device),   cmocka_unit_test(an_i2c_adapter),
        cmocka_unit_test(a_file_system),   cmocka_unit_test(an_iommu),
        cmocka_unit_test(a_can_device),    cmocka_unit_test(an_spi_device),
        cmocka_unit_test(an_scmi_device),  cmocka_unit_test(a_pmem_device),
        cmocka_unit_test(an_rtc_device),   cmocka_unit_test(a_sound_card),
        cmocka_unit_test(any_of_them),     cmocka_unit_test(no_device),
        cmocka_unit_test(a_memory_device),
    };

    return cmocka_run_group_tests_name("unopened", tests, NULL, NULL);
}
